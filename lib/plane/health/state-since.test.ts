import { describe, expect, test } from 'vitest';
import type { AgentConnection, Condition, Plane } from '@/lib/plane/model/plane';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { parsedCa } from './ca-bundle';
import { deriveHealth } from './derive-health';
import type { HealthFacts } from './health-facts';
import type { ReasonCode } from './health-finding';
import type { HealthState } from './health-state';
import { stateSince } from './state-since';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SEEN_AT = ago(5 * MINUTE);
const OBSERVED = { at: SEEN_AT, seenToChange: false };

function sinceOf(changes: Partial<Plane>, facts: Partial<HealthFacts> = {}, observed = OBSERVED) {
  const plane = aPlane(changes);
  const { limits: _, contactAtMs: __, ...planeFacts } = someFacts(facts);
  const health = deriveHealth(plane, someFacts(facts), NOW_MS);
  const { at, exact } = stateSince({ ...plane, facts: planeFacts }, health, observed, NOW_MS);
  return { state: health.state, code: health.reasons[0]?.code, at: Date.parse(at), exact };
}

const agent = (changes: Partial<AgentConnection>): Partial<Plane> => ({
  agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(20_000), ...changes },
});
const gone = (changes: Partial<AgentConnection>) =>
  agent({ connected: false, connectedAgents: 0, ...changes });
const failed = (type: string, changes: Partial<Condition> = {}): Condition => ({
  type,
  status: 'False',
  reason: 'Broken',
  ...changes,
});
const certificate = (notAfter: string): Partial<HealthFacts> => ({
  certificate: {
    state: 'parsed',
    notAfter,
    notBefore: ago(900 * HOUR),
    subject: 'x',
    selfSignedLeaf: false,
    count: 1,
  },
});
const bundle = (...ends: string[]): Partial<HealthFacts> => ({
  certificate: parsedCa(
    ends.map((notAfter) => ({
      notAfter,
      notBefore: ago(900 * HOUR),
      selfSignedLeaf: false,
      subject: 'x',
      obstacle: null,
    })),
  ) ?? { state: 'not-checked' },
});
const noAgent: Partial<Plane> = { connection: 'direct', agent: undefined as never };

type Row = [
  string,
  HealthState,
  ReasonCode | undefined,
  Partial<Plane>,
  Partial<HealthFacts>,
  string,
  boolean,
];

const rows: Row[] = [
  [
    'lost agent',
    'disconnected',
    'agent-lost',
    gone({ lastDisconnectedTime: ago(2 * HOUR) }),
    {},
    ago(2 * HOUR),
    true,
  ],
  [
    'lost agent with a time in the future',
    'disconnected',
    'agent-lost',
    gone({ lastDisconnectedTime: ago(-HOUR) }),
    {},
    SEEN_AT,
    false,
  ],
  ['lost agent without a time', 'disconnected', 'agent-lost', gone({}), {}, SEEN_AT, false],
  [
    'never connected',
    'disconnected',
    'never-connected',
    { ...gone({ lastHeartbeatTime: undefined as never }), createdAt: ago(50 * HOUR) },
    {},
    ago(50 * HOUR),
    true,
  ],
  [
    'frozen status',
    'stale',
    'heartbeat-stale',
    agent({ lastHeartbeatTime: ago(8 * HOUR) }),
    {},
    ago(8 * HOUR),
    true,
  ],
  [
    'late heartbeat',
    'degraded',
    'heartbeat-late',
    agent({ lastHeartbeatTime: ago(150_000) }),
    {},
    ago(150_000),
    true,
  ],
  [
    'no heartbeat',
    'unknown',
    'heartbeat-missing',
    agent({ lastHeartbeatTime: undefined as never }),
    {},
    SEEN_AT,
    false,
  ],
  [
    'late heartbeat that only another replica knows',
    'degraded',
    'heartbeat-late',
    agent({ lastHeartbeatTime: undefined as never }),
    { heartbeatGap: { last: ago(150_000), severalReplicas: true } },
    ago(150_000),
    true,
  ],
  [
    'flapping connection',
    'degraded',
    'connection-flapping',
    {},
    { flapping: { since: ago(9 * MINUTE), lastChangeAt: ago(MINUTE), until: ago(-5 * MINUTE) } },
    ago(9 * MINUTE),
    true,
  ],
  [
    'rejected agent',
    'disconnected',
    'agent-refused',
    { ...gone({ lastHeartbeatTime: undefined as never }), createdAt: ago(5 * MINUTE) },
    { siblings: 1, siblingAgent: { connectedAt: ago(HOUR) } },
    ago(5 * MINUTE),
    true,
  ],
  [
    'no status',
    'unknown',
    'status-missing',
    { agent: undefined as never, createdAt: ago(HOUR) },
    {},
    ago(HOUR),
    true,
  ],
  [
    'new plane',
    'pending',
    'status-awaited',
    { agent: undefined as never, createdAt: ago(MINUTE) },
    {},
    ago(MINUTE),
    true,
  ],
  [
    'waiting for its agent',
    'pending',
    'agent-awaited',
    { ...gone({ lastHeartbeatTime: undefined as never }), createdAt: ago(3 * MINUTE) },
    {},
    ago(3 * MINUTE),
    true,
  ],
  ['being deleted', 'deleting', 'deleting', { deletingSince: ago(MINUTE) }, {}, ago(MINUTE), true],
  ['slow deletion', 'degraded', 'deletion-slow', { deletingSince: ago(HOUR) }, {}, ago(HOUR), true],
  [
    'failed condition',
    'degraded',
    'condition-false',
    { conditions: [failed('Ready', { lastTransitionTime: ago(3 * HOUR) })] },
    {},
    ago(3 * HOUR),
    true,
  ],
  [
    'two failed conditions, of which the named one counts',
    'degraded',
    'condition-false',
    {
      conditions: [
        failed('Ready', { lastTransitionTime: ago(3 * HOUR) }),
        failed('Created', { lastTransitionTime: ago(9 * HOUR) }),
      ],
    },
    {},
    ago(3 * HOUR),
    true,
  ],
  [
    'failed condition without a time',
    'degraded',
    'condition-false',
    { conditions: [failed('Ready')] },
    {},
    SEEN_AT,
    false,
  ],
  [
    'Connected False on a plane without an agent',
    'disconnected',
    'condition-false',
    {
      ...noAgent,
      conditions: [
        failed('Ready', { lastTransitionTime: ago(HOUR) }),
        failed('Connected', { lastTransitionTime: ago(4 * HOUR) }),
      ],
    },
    {},
    ago(4 * HOUR),
    true,
  ],
  [
    'unobserved change',
    'degraded',
    'change-unobserved',
    { generation: 2, specChangedAt: ago(20 * MINUTE) },
    {},
    ago(20 * MINUTE),
    true,
  ],
  [
    'unobserved change, and another one since',
    'degraded',
    'change-unobserved',
    { generation: 3, specChangedAt: ago(MINUTE), unobservedSince: ago(20 * MINUTE) },
    {},
    ago(20 * MINUTE),
    true,
  ],
  [
    'expired certificate',
    'degraded',
    'certificate-expired',
    {},
    certificate(ago(30 * HOUR)),
    ago(30 * HOUR),
    true,
  ],
  [
    'expired certificate beside a good one',
    'degraded',
    'certificate-partly-expired',
    {},
    bundle(ago(30 * HOUR), ago(-900 * HOUR)),
    ago(30 * HOUR),
    true,
  ],
  [
    'expiring certificate',
    'degraded',
    'certificate-expiring',
    {},
    certificate(ago(-30 * HOUR)),
    SEEN_AT,
    false,
  ],
  [
    'missing Secret',
    'degraded',
    'secret-missing',
    {},
    { certificate: { state: 'secret-missing', secret: 'acme/ca' } },
    SEEN_AT,
    false,
  ],
  ['not measured', 'unmonitored', 'not-measured', { ...noAgent, conditions: [] }, {}, SEEN_AT, false],
  [
    'unreadable',
    'unknown',
    'unreadable',
    { unreadable: ['Invalid field spec: expected an object, found text.'] },
    {},
    SEEN_AT,
    false,
  ],
  ['no contact', 'unknown', 'no-contact', {}, { contactAtMs: NOW_MS - HOUR }, SEEN_AT, false],
  [
    'healthy',
    'healthy',
    undefined,
    { ...agent({ lastConnectedTime: ago(40 * HOUR) }), conditions: [] },
    {},
    ago(40 * HOUR),
    true,
  ],
  [
    'healthy, with a condition met later',
    'healthy',
    undefined,
    {
      ...agent({ lastConnectedTime: ago(40 * HOUR) }),
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(HOUR) }],
    },
    {},
    ago(HOUR),
    true,
  ],
  ['healthy, without a time', 'healthy', undefined, agent({}), {}, SEEN_AT, false],
  [
    'certificate of direct access expired',
    'degraded',
    'certificate-expired',
    { ...noAgent, conditions: [] },
    {
      credentials: [
        {
          kind: 'certificate',
          slot: 'kubernetesCluster.auth.mtls.clientCert',
          purpose: 'client-certificate',
          fact: {
            state: 'parsed',
            notBefore: ago(100 * HOUR),
            notAfter: ago(7 * HOUR),
            subject: 'CN=openchoreo',
            selfSignedLeaf: false,
            count: 1,
          },
        },
      ],
    },
    ago(7 * HOUR),
    true,
  ],
  [
    'healthy without an agent',
    'healthy',
    'condition-reported',
    { ...noAgent, conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(6 * HOUR) }] },
    { controller: { lease: 'read', provenAt: ago(10_000) } },
    ago(6 * HOUR),
    true,
  ],
];

test.each(rows)('stateSince: %s', (_, state, code, plane, facts, at, exact) => {
  expect(sinceOf(plane, facts)).toEqual({ state, code, at: Date.parse(at), exact });
});

describe('stateSince of a healthy plane whose recovery was observed', () => {
  const healthy = { ...agent({ lastConnectedTime: ago(40 * HOUR) }), conditions: [] };

  test('is the recovery, even if its agent connected earlier', () => {
    const since = sinceOf(healthy, {}, { at: ago(HOUR), seenToChange: true });
    expect(since).toMatchObject({ at: NOW_MS - HOUR, exact: false });
  });

  test("is the agent's connection if that is later", () => {
    const since = sinceOf(healthy, {}, { at: ago(50 * HOUR), seenToChange: true });
    expect(since).toMatchObject({ at: NOW_MS - 40 * HOUR, exact: true });
  });
});
