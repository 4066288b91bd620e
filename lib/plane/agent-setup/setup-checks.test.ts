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

const none: AgentConnection = { connected: false, connectedAgents: 0, message: 'No agents connected' };
const { agent: _agent, ...withoutAgent } = aPlane();
const fresh = { createdAt: ago(20 * SECOND) };
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

/** The cluster-wide plane of the same cluster, with an agent that connected so long ago. */
function siblingConnectedFor(ms: number): JudgedPlane {
  const times = { lastConnectedTime: ago(ms), lastHeartbeatTime: ago(SECOND) };
  return judged({ ...shared, agent: { ...none, connected: true, connectedAgents: 1, ...times } });
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
  /** What one of the checks says. */
  says?: [CheckId, RegExp];
}

const rows: Row[] = [
  {
    it: 'connected with a fresh heartbeat is done',
    given: facts(judged(aPlane(), { certificate: parsed })),
    states: ['done', 'done', 'done', 'done'],
    outcome: 'connected',
  },
  {
    it: 'connected with a late heartbeat is not done',
    given: facts(
      judged(
        aPlane({
          agent: { ...none, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(150 * SECOND) },
        }),
      ),
    ),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /late/],
  },
  {
    it: 'connected with a frozen heartbeat is asked again before the controller is called silent',
    given: facts(
      judged(
        aPlane({ agent: { ...none, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) } }),
      ),
      { refreshesMs: [NOW_MS - 10 * SECOND] },
    ),
    states: ['done', 'waiting', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
    says: ['reported', /Frozen, heartbeat 8 d old/],
  },
  {
    it: 'connected with a frozen heartbeat 75 s after it was asked: the controller is silent',
    given: facts(
      judged(
        aPlane({ agent: { ...none, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) } }),
      ),
      { refreshesMs: [NOW_MS - 76 * SECOND, NOW_MS - SECOND] },
    ),
    states: ['done', 'problem', 'cannot-tell', 'waiting'],
    outcome: 'problem',
    says: ['reported', /controller is silent/],
  },
  {
    it: 'connected without any heartbeat proves nothing',
    given: facts(judged(aPlane({ agent: { ...none, connected: true, connectedAgents: 1 } }))),
    states: ['done', 'done', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'connected with a heartbeat in the future proves nothing',
    given: facts(
      judged(
        aPlane({ agent: { ...none, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(-MINUTE) } }),
      ),
    ),
    states: ['done', 'done', 'cannot-tell', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'nothing is done without contact with the API server',
    given: facts(judged(aPlane(), {}, NOW_MS - 61 * SECOND), { contactAtMs: NOW_MS - 61 * SECOND }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /Nothing has been heard of the dataplanes for 1 min/],
  },
  {
    it: 'an API server that has never answered says why',
    given: facts(null, {
      contactAtMs: null,
      listed: 'no',
      apiServerProblem: 'The API server does not answer.',
    }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /does not answer/],
  },
  {
    it: 'a plane that nobody has created yet is waited for',
    given: facts(null),
    states: ['waiting', 'waiting', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['accepted', /DataPlane acme\/prod does not exist yet/],
  },
  {
    it: 'of a plane that does not exist yet a sibling may already count the agent',
    given: facts(null, { expectedPlaneID: 'prod-cluster', siblings: [judged(shared)] }),
    states: ['waiting', 'waiting', 'done', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /ClusterDataPlane shared counts it/],
  },
  {
    it: 'a kind that has not been read is no plane that is missing',
    given: facts(null, { listed: 'no' }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /not known yet/],
  },
  {
    it: 'a kind that the caller may not list cannot be followed',
    given: facts(null, { listed: 'forbidden', contactAtMs: null }),
    states: ['cannot-tell', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'cannot-tell',
    says: ['accepted', /may not list dataplanes/],
  },
  {
    it: 'a kind that is not installed is a problem',
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
    it: 'a controller that could not take the plane up says why',
    given: facts(
      judged(
        aPlane({
          agent: none,
          conditions: [{ type: 'Created', status: 'False', message: 'no such secret' }],
        }),
      ),
    ),
    states: ['problem', 'done', 'waiting', 'waiting'],
    outcome: 'problem',
    says: ['accepted', /no such secret/],
  },
  {
    it: 'a plane with another planeID than the link says',
    given: facts(judged(aPlane()), { expectedPlaneID: 'other' }),
    states: ['problem', 'done', 'done', 'done'],
    outcome: 'problem',
    says: ['accepted', /planeID "prod-cluster".*"other"/],
  },
  {
    it: 'just created, no status yet',
    given: facts(judged({ ...withoutAgent, ...fresh })),
    states: ['done', 'waiting', 'waiting', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'no status 75 s after it was created: the controller is silent',
    given: facts(judged({ ...withoutAgent, createdAt: ago(76 * SECOND) })),
    states: ['done', 'problem', 'waiting', 'waiting'],
    outcome: 'problem',
    says: ['reported', /controller is silent\. It has not reported anything/],
  },
  {
    it: 'no status because the Secret is missing',
    given: facts(
      judged({ ...withoutAgent, ...fresh }, { certificate: { state: 'secret-missing', secret: 'acme/ca' } }),
    ),
    states: ['done', 'problem', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['reported', /Secret acme\/ca/],
  },
  {
    it: 'no status because the Secret lacks the key',
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
    it: 'a change that the controller has not seen yet makes what it said before no news',
    given: facts(judged(aPlane({ generation: 2, specChangedAt: ago(5 * SECOND) }))),
    states: ['done', 'waiting', 'done', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'a change that stays unobserved for 75 s: the controller is silent',
    given: facts(judged(aPlane({ generation: 2, specChangedAt: ago(76 * SECOND) }))),
    states: ['done', 'problem', 'done', 'waiting'],
    outcome: 'problem',
  },
  {
    it: 'a namespaced plane without siblings: nobody, or one that is refused, and the API tells no difference',
    given: facts(judged(aPlane({ agent: none, ...fresh }))),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /Nobody has dialled in .*, or an agent is there and this plane's CA refuses it/],
  },
  {
    it: 'a cluster-wide plane that counts none: nobody',
    given: facts(judged({ ...shared, agent: none, ...fresh })),
    states: ['done', 'done', 'waiting', 'cannot-tell'],
    outcome: 'waiting',
    says: ['seen', /^Nobody has dialled in/],
  },
  {
    it: 'a namespaced plane with a cluster-wide sibling that counts none: nobody',
    given: facts(judged(aPlane({ agent: none, ...fresh })), {
      siblings: [judged({ ...shared, agent: none })],
    }),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /^Nobody has dialled in.*ClusterDataPlane shared would count any agent/],
  },
  {
    it: 'an agent that a sibling counts, before this plane was asked about it',
    given: facts(judged(aPlane({ agent: none, ...fresh })), {
      siblings: [siblingConnectedFor(10 * SECOND)],
      refreshesMs: [NOW_MS - 12 * SECOND],
    }),
    states: ['done', 'done', 'done', 'waiting'],
    outcome: 'waiting',
    says: ['trusted', /is being asked/],
  },
  {
    it: 'an agent that a sibling counts, and this plane does not although it was asked since: its CA refuses it',
    given: facts(judged(aPlane({ agent: none, ...fresh }), { certificate: parsed }), {
      siblings: [siblingConnectedFor(20 * SECOND)],
      refreshesMs: [NOW_MS - 12 * SECOND],
    }),
    states: ['done', 'done', 'done', 'problem'],
    outcome: 'problem',
    says: [
      'trusted',
      /ClusterDataPlane shared counts it, but this plane's CA refuses it. Registered is CN=agent/,
    ],
  },
  {
    it: 'without the right to touch, the controller has its minute to see the agent',
    given: facts(judged(aPlane({ agent: none })), {
      siblings: [siblingConnectedFor(60 * SECOND)],
    }),
    states: ['done', 'done', 'done', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'a sibling whose status is frozen counts no agent',
    given: facts(judged(aPlane({ agent: none, ...fresh })), {
      siblings: [
        judged({
          ...shared,
          agent: { ...none, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * DAY) },
        }),
      ],
    }),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
  },
  {
    it: 'an expired CA refuses whoever dials in',
    given: facts(
      judged(aPlane({ agent: none, ...fresh }), { certificate: { ...parsed, notAfter: ago(DAY) } }),
    ),
    states: ['done', 'done', 'waiting', 'problem'],
    outcome: 'problem',
    says: ['trusted', /expired/],
  },
  {
    it: 'an expired CA does not undo a connection that stands',
    given: facts(judged(aPlane(), { certificate: { ...parsed, notAfter: ago(DAY) } })),
    states: ['done', 'done', 'done', 'done'],
    outcome: 'connected',
  },
  {
    it: 'a cluster-wide plane with an agent: whether its CA accepts it cannot be verified',
    given: facts(judged(shared, { certificate: parsed })),
    states: ['done', 'done', 'done', 'cannot-tell'],
    outcome: 'connected',
    says: ['trusted', /Cannot be verified/],
  },
  {
    it: 'a cluster-wide plane with an agent and an expired CA: the agent it counts is refused sooner or later',
    given: facts(judged(shared, { certificate: { ...parsed, notAfter: ago(DAY) } })),
    states: ['done', 'done', 'done', 'problem'],
    outcome: 'problem',
  },
  {
    it: 'an agent that was lost is told as lost',
    given: facts(
      judged(
        aPlane({ agent: { ...none, lastHeartbeatTime: ago(DAY), lastDisconnectedTime: ago(DAY - MINUTE) } }),
      ),
    ),
    states: ['done', 'done', 'waiting', 'waiting'],
    outcome: 'waiting',
    says: ['seen', /Lost its agent/],
  },
  {
    it: 'direct access is measured by nothing',
    given: facts(judged({ ...withoutAgent, connection: 'direct', reportsAgent: false, planeID: null }), {
      setup: 'direct',
    }),
    states: ['done', 'done', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
    says: ['seen', /there is no agent/],
  },
  {
    it: 'direct access that the controller says is broken',
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
    it: 'direct access, just created, without a condition',
    given: facts(
      judged({ ...withoutAgent, ...fresh, connection: 'direct', reportsAgent: false, conditions: [] }),
      { setup: 'direct' },
    ),
    states: ['done', 'waiting', 'cannot-tell', 'cannot-tell'],
    outcome: 'waiting',
  },
  {
    it: 'direct access of a kind whose controller sets no condition',
    given: facts(judged({ ...withoutAgent, connection: 'direct', reportsAgent: false, conditions: [] }), {
      setup: 'direct',
    }),
    states: ['done', 'cannot-tell', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
  },
  {
    it: 'a release that does not report on agents',
    given: facts(judged({ ...withoutAgent, reportsAgent: false })),
    states: ['done', 'done', 'cannot-tell', 'cannot-tell'],
    outcome: 'unmonitored',
    says: ['seen', /does not report on agents/],
  },
];

describe('the checks of a connect page', () => {
  test.each(rows)('$it', ({ given, states, outcome, says }) => {
    const checks = setupChecks(given);
    expect(checks.map(({ state }) => state)).toEqual(states);
    expect(setupOutcome(checks, given)).toBe(outcome);
    if (says) expect(checks.find(({ id }) => id === says[0])?.message).toMatch(says[1]);
  });

  test('every problem comes with something to do', () => {
    const problems = rows
      .flatMap(({ given }) => setupChecks(given))
      .filter(({ state }) => state === 'problem');
    expect(problems.length).toBeGreaterThan(10);
    expect(problems.filter(({ remedies }) => remedies.length === 0)).toEqual([]);
  });
});
