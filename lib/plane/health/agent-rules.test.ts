import { expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { agent, lost, never, type RuleCase, testRules, withoutAgent } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { deriveHealth } from './derive-health';
import type { HealthFacts } from './health-facts';

const clusterPlane = (changes: Partial<Plane>) =>
  aPlane({ kind: 'ClusterDataPlane', plural: 'clusterdataplanes', ...changes });

/** A flapping connection, in milliseconds before now; by default for another 5 min. */
function flaps({
  sinceMs,
  changedMs,
  untilMs = 5 * MINUTE_MS,
}: {
  readonly sinceMs: number;
  readonly changedMs: number;
  readonly untilMs?: number;
}): Partial<HealthFacts> {
  const at = (ms: number) => new Date(NOW_MS - ms).toISOString();
  return { flapping: { since: at(sinceMs), lastChangeAt: at(changedMs), until: at(-untilMs) } };
}

const cases: RuleCase[] = [
  {
    rule: '4: new without a status',
    plane: { ...withoutAgent, createdAt: ago(2 * MINUTE_MS) },
    state: 'pending',
    code: 'status-awaited',
  },
  {
    rule: '4: no status for more than 120 s',
    plane: { ...withoutAgent, createdAt: ago(2 * MINUTE_MS + SECOND_MS) },
    state: 'unknown',
    code: 'status-missing',
  },
  {
    rule: '4: Ready True without agentConnection',
    plane: { ...withoutAgent, conditions: [{ type: 'Ready', status: 'True' }] },
    state: 'unknown',
    code: 'status-missing',
  },
  {
    rule: '5: disconnected agent',
    plane: aPlane({ agent: lost }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '5: disconnected agent on a new plane',
    plane: aPlane({ agent: lost, createdAt: ago(MINUTE_MS) }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '5: never connected for 15 min',
    plane: aPlane({ agent: never, createdAt: ago(15 * MINUTE_MS) }),
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: '5: never connected for longer',
    plane: aPlane({ agent: never, createdAt: ago(15 * MINUTE_MS + SECOND_MS) }),
    state: 'disconnected',
    code: 'never-connected',
  },
  {
    rule: '5: a sibling has had an agent for longer than the controller takes',
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(76 * SECOND_MS) } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, before the controller can have noticed",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(75 * SECOND_MS) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent, on a plane that was just added and dropped it for a moment",
    plane: aPlane({ agent: never, createdAt: ago(85 * SECOND_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent, after a refresh was answered",
    plane: aPlane({ agent: never, createdAt: ago(20 * SECOND_MS), refreshedAt: ago(6 * SECOND_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, a refresh too soon after the plane was added",
    plane: aPlane({ agent: never, createdAt: ago(20 * SECOND_MS), refreshedAt: ago(11 * SECOND_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent whose time isn't known",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: null } },
    state: 'disconnected',
    code: 'agent-refused',
  },
  {
    rule: "5: a sibling's agent, and a change that the controller hasn't observed",
    plane: aPlane({ agent: never, createdAt: ago(3 * MINUTE_MS), generation: 2 }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent on a cluster-wide plane, which would report any",
    plane: clusterPlane({ agent: never, createdAt: ago(3 * MINUTE_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'pending',
    code: 'agent-awaited',
  },
  {
    rule: "5: a sibling's agent after 15 min, on a cluster-wide plane",
    plane: clusterPlane({ agent: never, createdAt: ago(16 * MINUTE_MS) }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'disconnected',
    code: 'never-connected',
  },
  {
    rule: "5: a sibling's agent, and an agent of its own before",
    plane: aPlane({ agent: lost }),
    facts: { siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } },
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '8: flapping while connected',
    plane: aPlane(),
    facts: flaps({ sinceMs: 10 * MINUTE_MS, changedMs: MINUTE_MS }),
    state: 'degraded',
    code: 'connection-flapping',
  },
  {
    rule: '8 before 5: flapping while not connected, and for 5 min at most',
    plane: aPlane({ agent: lost }),
    facts: flaps({ sinceMs: 10 * MINUTE_MS, changedMs: 5 * MINUTE_MS }),
    state: 'degraded',
    code: 'connection-flapping',
  },
  {
    rule: '5: not connected for more than 5 min after flapping',
    plane: aPlane({ agent: lost }),
    facts: flaps({ sinceMs: 10 * MINUTE_MS, changedMs: 5 * MINUTE_MS + 1 }),
    state: 'disconnected',
    code: 'agent-lost',
  },
  {
    rule: '9: stable again after flapping',
    plane: aPlane(),
    facts: flaps({ sinceMs: 20 * MINUTE_MS, changedMs: 6 * MINUTE_MS, untilMs: -1 }),
    state: 'healthy',
  },
  {
    rule: '7 before 8: a stale heartbeat while flapping',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND_MS) }) }),
    facts: flaps({ sinceMs: 10 * MINUTE_MS, changedMs: 4 * MINUTE_MS }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
];

testRules(cases);

test('reports when a disconnection was noticed', () => {
  const health = deriveHealth(
    aPlane({
      agent: agent({
        connected: false,
        connectedAgents: 0,
        lastHeartbeatTime: '2026-03-10T02:57:11Z',
        lastDisconnectedTime: '2026-03-10T02:59:02Z',
      }),
    }),
    someFacts(),
    NOW_MS,
  );
  expect(health.reasons[0]?.message).toBe(
    'Agent disconnected 9 h ago, between 2026-03-10 02:57 and 02:59 UTC.',
  );
});

test("doesn't date a disconnection by a controller that noticed it long after", () => {
  const health = deriveHealth(
    aPlane({
      agent: agent({
        connected: false,
        connectedAgents: 0,
        lastHeartbeatTime: '2026-03-10T11:14:11Z',
        lastDisconnectedTime: '2026-03-10T11:59:02Z',
      }),
    }),
    someFacts(),
    NOW_MS,
  );
  expect(health.reasons[0]?.message).toBe(
    'Agent disconnected between 2026-03-10 11:14 and 11:59 UTC. The controller noticed 58 s ago.',
  );
});

test("doesn't report a disconnection in the future as one of just now", () => {
  const ahead = agent({ connected: false, connectedAgents: 0, lastDisconnectedTime: ago(-60 * MINUTE_MS) });
  const { reasons } = deriveHealth(aPlane({ agent: ahead }), someFacts(), NOW_MS);
  expect(reasons[0]?.message).toBe(
    "Agent disconnected. The time that the controller recorded is in the future on the API server's clock.",
  );
});
