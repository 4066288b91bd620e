import { describe, expect, test } from 'vitest';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { DEFAULT_LIMITS, NO_FACTS, type PlaneFacts } from '@/lib/plane/health/health-facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { type SetupOutcome, setupChecks, setupOutcome } from './setup-checks';
import type { SetupFacts } from './setup-facts';
import type { CheckId, CheckState } from './verdict';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const disconnected: AgentConnection = {
  connected: false,
  connectedAgents: 0,
  message: 'No agents connected',
};
const { agent: _agent, ...withoutAgent } = aPlane();
const fresh = { createdAt: ago(20 * SECOND) };
/** Created so long ago that the agents it dropped are back. */
const settled = { createdAt: ago(30 * SECOND) };
const clusterKind = {
  kind: 'ClusterDataPlane',
  plural: 'clusterdataplanes',
  name: 'shared',
  uid: 'shared',
} as const;
const { namespace: _namespace, ...shared } = { ...aPlane(), ...clusterKind };
const parsed = {
  state: 'parsed',
  notBefore: ago(60 * DAY),
  notAfter: ago(-60 * DAY),
  subject: 'CN=agent',
  selfSignedLeaf: true,
  count: 1,
} as const;

function judged(plane: Plane, facts: Partial<PlaneFacts> = {}, contactAtMs = NOW_MS - SECOND): JudgedPlane {
  const own = { ...NO_FACTS, ...facts };
  const health = deriveHealth(plane, { ...someFacts(own), contactAtMs }, NOW_MS);
  return { plane: { ...plane, facts: own }, health };
}

/** Returns the cluster-wide plane of the same cluster, with an agent that connected this long ago. */
function siblingConnectedFor(ms: number): JudgedPlane {
  const times = { lastConnectedTime: ago(ms), lastHeartbeatTime: ago(SECOND) };
  return judged({ ...shared, agent: { ...disconnected, connected: true, connectedAgents: 1, ...times } });
}

function facts(row: JudgedPlane | null, changes: Partial<SetupFacts> = {}): SetupFacts {
  const entry = kindOfName(row?.plane.kind ?? 'DataPlane');
  if (!entry) throw new Error('No such kind.');
  return {
    entry,
    identity: row?.plane ?? { plural: 'dataplanes', namespace: 'acme', name: 'prod' },
    setup: 'commands',
    expectedPlaneID: null,
    row,
    listed: 'yes',
    contactAtMs: NOW_MS - SECOND,
    apiServerProblem: null,
    siblings: [],
    incident: false,
    refreshesMs: [],
    limits: DEFAULT_LIMITS,
    nowMs: NOW_MS,
    ...changes,
  };
}

interface Row {
  it: string;
  given: SetupFacts;
  states: [CheckState, CheckState, CheckState, CheckState];
  outcome: SetupOutcome;
  /** The message expected of one of the checks. */
  says?: [CheckId, RegExp];
}

const rows: Row[] = [
  {
    it: 'a fresh heartbeat',
    given: facts(judged(aPlane(), { certificate: parsed })),
    states: ['done', 'done', 'done', 'done'],
    outcome: 'connected',
  },
  {
    it: 'a late heartbeat',
    given: facts(
      judged(
        aPlane({
          agent: {
            ...disconnected,
            connected: true,
            connectedAgents: 1,
            lastHeartbeatTime: ago(150 * SECOND),
          },
        }),
      ),
    ),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /later than expected/],
  },
  {
    it: 'a stale heartbeat just after a refresh',
    given: facts(
      judged(
        aPlane({
          agent: { ...disconnected, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) },
        }),
      ),
      { refreshesMs: [NOW_MS - 10 * SECOND] },
    ),
    states: ['done', 'waiting', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
    says: ['reported', /Last heartbeat 8 days ago/],
  },
  {
    it: 'a stale heartbeat 75 s after a refresh',
    given: facts(
      judged(
        aPlane({
          agent: { ...disconnected, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) },
        }),
      ),
      { refreshesMs: [NOW_MS - 76 * SECOND, NOW_MS - SECOND] },
    ),
    states: ['done', 'problem', 'cannot-tell', 'waiting'],
    outcome: 'problem',
    says: ['reported', /controller isn't responding/],
  },
  {
    it: 'a connection without a heartbeat',
    given: facts(judged(aPlane({ agent: { ...disconnected, connected: true, connectedAgents: 1 } }))),
    states: ['done', 'done', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'a heartbeat in the future',
    given: facts(
      judged(
        aPlane({
          agent: { ...disconnected, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(-MINUTE) },
        }),
      ),
    ),
    states: ['done', 'done', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'lost contact with the API server',
    given: facts(judged(aPlane(), {}, NOW_MS - 61 * SECOND), { contactAtMs: NOW_MS - 61 * SECOND }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /Live updates are off for dataplanes\. Last updated 1 min ago/],
  },
  {
    it: 'an API server that never answered',
    given: facts(null, {
      contactAtMs: null,
      listed: 'no',
      apiServerProblem: "The API server can't be read.",
    }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /can't be read/],
  },
  {
    it: 'a missing plane',
    given: facts(null),
    states: ['waiting', 'waiting', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['accepted', /DataPlane acme\/prod doesn't exist yet/],
  },
  {
    it: 'a missing plane, an agent on a sibling',
    given: facts(null, { expectedPlaneID: 'prod-cluster', siblings: [judged(shared)] }),
    states: ['waiting', 'waiting', 'done', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /ClusterDataPlane shared reports/],
  },
  {
    it: "a kind that hasn't been read",
    given: facts(null, { listed: 'no' }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /hasn't read the dataplanes yet/],
  },
  {
    it: 'a kind that the caller may not list',
    given: facts(null, { listed: 'forbidden', contactAtMs: null }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /can't list dataplanes/],
  },
  {
    it: "a kind that isn't installed",
    given: facts(null, { listed: 'not-installed', contactAtMs: null }),
    states: ['problem', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'problem',
  },
  {
    it: 'an unreadable resource',
    given: facts(judged(aPlane({ unreadable: ['Its spec is a text.'] }))),
    states: ['problem', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'problem',
    says: ['accepted', /Its spec is a text/],
  },
  {
    it: 'a plane that is being deleted',
    given: facts(judged(aPlane({ deletingSince: ago(SECOND) }))),
    states: ['problem', 'done', 'done', 'done'],
    outcome: 'problem',
  },
  {
    it: 'a plane that the controller rejects',
    given: facts(
      judged(
        aPlane({
          agent: disconnected,
          conditions: [{ type: 'Created', status: 'False', message: 'no such secret' }],
        }),
      ),
    ),
    states: ['problem', 'done', 'waiting', 'waiting'],
    outcome: 'problem',
    says: ['accepted', /no such secret/],
  },
  {
    it: 'another planeID than in the link',
    given: facts(judged(aPlane()), { expectedPlaneID: 'other' }),
    states: ['problem', 'done', 'done', 'done'],
    outcome: 'problem',
    says: ['accepted', /planeID "prod-cluster".*"other"/],
  },
  {
    it: 'a new plane without a status',
    given: facts(judged({ ...withoutAgent, ...fresh })),
    states: ['done', 'waiting', 'waiting', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'no status 75 s after creation',
    given: facts(judged({ ...withoutAgent, createdAt: ago(76 * SECOND) })),
    states: ['done', 'problem', 'waiting', 'waiting'],
    outcome: 'problem',
    says: ['reported', /controller isn't responding\. It hasn't reported a status/],
  },
  {
    it: 'no status because of a missing Secret',
    given: facts(
      judged({ ...withoutAgent, ...fresh }, { certificate: { state: 'secret-missing', secret: 'acme/ca' } }),
    ),
    states: ['done', 'problem', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['reported', /Secret acme\/ca/],
  },
  {
    it: 'no status because of a missing key',
    given: facts(
      judged(
        { ...withoutAgent, ...fresh },
        { certificate: { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' } },
      ),
    ),
    states: ['done', 'problem', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['reported', /no key "ca\.crt"/],
  },
  {
    it: 'an unobserved change',
    given: facts(judged(aPlane({ generation: 2, specChangedAt: ago(5 * SECOND) }))),
    states: ['done', 'waiting', 'done', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'a change unobserved for 75 s',
    given: facts(judged(aPlane({ generation: 2, specChangedAt: ago(76 * SECOND) }))),
    states: ['done', 'problem', 'done', 'waiting'],
    outcome: 'problem',
  },
  {
    it: 'a change unobserved for 75 s, and another one since',
    given: facts(
      judged(aPlane({ generation: 3, specChangedAt: ago(SECOND), unobservedSince: ago(76 * SECOND) })),
    ),
    states: ['done', 'problem', 'done', 'waiting'],
    outcome: 'problem',
  },
  {
    it: 'a namespaced plane without an agent',
    given: facts(judged(aPlane({ agent: disconnected, ...fresh }))),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /no agent has connected with .*, or one is connected and this plane's CA rejects it/],
  },
  {
    it: 'a cluster-wide plane without an agent',
    given: facts(judged({ ...shared, agent: disconnected, ...fresh })),
    states: ['done', 'done', 'waiting', 'cannot-tell'],
    outcome: 'waiting',
    says: ['seen', /^No agent has connected/],
  },
  {
    it: 'a cluster-wide sibling without an agent',
    given: facts(judged(aPlane({ agent: disconnected, ...fresh })), {
      siblings: [judged({ ...shared, agent: disconnected })],
    }),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /^No agent has connected.*ClusterDataPlane shared reports every agent/],
  },
  {
    it: "a sibling's agent before a refresh",
    given: facts(judged(aPlane({ agent: disconnected, ...fresh })), {
      siblings: [siblingConnectedFor(10 * SECOND)],
      refreshesMs: [NOW_MS - 12 * SECOND],
    }),
    states: ['done', 'done', 'done', 'waiting'],
    outcome: 'waiting',
    says: ['trusted', /isn't known yet/],
  },
  {
    it: "a sibling's agent after a refresh",
    given: facts(judged(aPlane({ agent: disconnected, ...settled }), { certificate: parsed }), {
      siblings: [siblingConnectedFor(20 * SECOND)],
      refreshesMs: [NOW_MS - 12 * SECOND],
    }),
    states: ['done', 'done', 'done', 'problem'],
    outcome: 'problem',
    says: [
      'trusted',
      /ClusterDataPlane shared reports, but this plane's CA rejects it\. The plane has CN=agent/,
    ],
  },
  {
    it: "a sibling's agent after a refresh, while adding the plane may still have dropped it",
    given: facts(judged(aPlane({ agent: disconnected, ...fresh })), {
      siblings: [siblingConnectedFor(DAY)],
      refreshesMs: [NOW_MS - 12 * SECOND],
    }),
    states: ['done', 'done', 'done', 'waiting'],
    outcome: 'waiting',
    says: ['trusted', /isn't known yet/],
  },
  {
    it: "an agent of a sibling that this person can't see",
    given: facts(
      judged(aPlane({ agent: disconnected, createdAt: ago(3 * 60 * SECOND) }), {
        siblings: 1,
        siblingAgent: { connectedAt: ago(DAY) },
      }),
    ),
    states: ['done', 'done', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['trusted', /as another plane reports, but this plane's CA rejects it/],
  },
  {
    it: 'a gateway that reports no heartbeat',
    given: facts(
      judged(aPlane({ agent: { connected: true, connectedAgents: 1 } }), {
        heartbeatGap: { last: null, severalReplicas: true },
      }),
    ),
    states: ['done', 'done', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
    says: ['seen', /doesn't report the heartbeat that would prove it/],
  },
  {
    it: 'a heartbeat heard through another replica',
    given: facts(
      judged(aPlane({ agent: { connected: true, connectedAgents: 1 } }), {
        heartbeatGap: { last: ago(40 * SECOND), severalReplicas: true },
      }),
    ),
    states: ['done', 'done', 'done', 'done'],
    outcome: 'connected',
  },
  {
    it: "a sibling's agent, no right to refresh",
    given: facts(judged(aPlane({ agent: disconnected })), {
      siblings: [siblingConnectedFor(60 * SECOND)],
    }),
    states: ['done', 'done', 'done', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'a sibling with a frozen status',
    given: facts(judged(aPlane({ agent: disconnected, ...fresh })), {
      siblings: [
        judged({
          ...shared,
          agent: { ...disconnected, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) },
        }),
      ],
    }),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'an expired CA without an agent',
    given: facts(
      judged(aPlane({ agent: disconnected, ...fresh }), { certificate: { ...parsed, notAfter: ago(DAY) } }),
    ),
    states: ['done', 'done', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['trusted', /expired/],
  },
  {
    it: 'an expired CA with a connected agent',
    given: facts(judged(aPlane(), { certificate: { ...parsed, notAfter: ago(DAY) } })),
    states: ['done', 'done', 'done', 'done'],
    outcome: 'connected',
  },
  {
    it: 'a cluster-wide plane with an agent',
    given: facts(judged(shared, { certificate: parsed })),
    states: ['done', 'done', 'done', 'cannot-tell'],
    outcome: 'connected',
    says: ['trusted', /Can't be verified/],
  },
  {
    it: 'a cluster-wide plane with an expired CA',
    given: facts(judged(shared, { certificate: { ...parsed, notAfter: ago(DAY) } })),
    states: ['done', 'done', 'done', 'problem'],
    outcome: 'problem',
  },
  {
    it: 'a lost agent',
    given: facts(
      judged(
        aPlane({
          agent: { ...disconnected, lastHeartbeatTime: ago(DAY), lastDisconnectedTime: ago(DAY - MINUTE) },
        }),
      ),
    ),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /Agent disconnected/],
  },
  {
    it: 'direct access',
    given: facts(judged({ ...withoutAgent, connection: 'direct', reportsAgent: false, planeID: null }), {
      setup: 'direct',
    }),
    states: ['done', 'done', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
    says: ['seen', /There's no agent/],
  },
  {
    it: 'direct access reported as broken',
    given: facts(
      judged({
        ...withoutAgent,
        connection: 'direct',
        reportsAgent: false,
        conditions: [{ type: 'Connected', status: 'False', message: 'certificate has expired' }],
      }),
      { setup: 'direct' },
    ),
    states: ['done', 'problem', 'cannot-tell', 'cannot-tell'],
    outcome: 'problem',
    says: ['reported', /certificate has expired/],
  },
  {
    it: 'new direct access without a condition',
    given: facts(
      judged({ ...withoutAgent, ...fresh, connection: 'direct', reportsAgent: false, conditions: [] }),
      { setup: 'direct' },
    ),
    states: ['done', 'waiting', 'cannot-tell', 'cannot-tell'],
    outcome: 'waiting',
  },
  {
    it: 'direct access without any condition',
    given: facts(judged({ ...withoutAgent, connection: 'direct', reportsAgent: false, conditions: [] }), {
      setup: 'direct',
    }),
    states: ['done', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
  },
  {
    it: 'a release that reports no agents',
    given: facts(judged({ ...withoutAgent, reportsAgent: false })),
    states: ['done', 'done', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
    says: ['seen', /doesn't report agents/],
  },
];

describe('setupChecks', () => {
  test.each(rows)('judges $it', ({ given, states, outcome, says }) => {
    const checks = setupChecks(given);
    expect(checks.map(({ state }) => state)).toEqual(states);
    expect(setupOutcome(checks, given)).toBe(outcome);
    if (says) expect(checks.find(({ id }) => id === says[0])?.message).toMatch(says[1]);
  });

  test('has a remedy for every problem', () => {
    const problems = rows
      .flatMap(({ given }) => setupChecks(given))
      .filter(({ state }) => state === 'problem');
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.filter(({ remedies }) => remedies.length === 0)).toEqual([]);
  });
});
