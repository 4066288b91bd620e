import { expect, test } from 'vitest';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { agent, parsed, type RuleCase, testRules } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { deriveHealth } from './derive-health';
import type { HealthFacts } from './health-facts';

const unreported: AgentConnection = { connected: true, connectedAgents: 1, lastConnectedTime: ago(DAY_MS) };

/** A status without a heartbeat; `lastMs` is the age of the remembered one. */
function gap(lastMs: number | null, severalReplicas = true): Partial<HealthFacts> {
  return { heartbeatGap: { last: lastMs === null ? null : ago(lastMs), severalReplicas } };
}

const cases: RuleCase[] = [
  {
    rule: '6: connected without a heartbeat',
    plane: aPlane({ agent: { connected: true, connectedAgents: 1 } }),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: unreadable heartbeat time',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: 'yesterday' }) }),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: no heartbeat, several replicas, none ever reported',
    plane: aPlane({ agent: unreported }),
    facts: gap(null),
    state: 'unmonitored',
    code: 'heartbeat-not-reported',
  },
  {
    rule: '6: no heartbeat, several replicas, one heard 40 s ago',
    plane: aPlane({ agent: unreported }),
    facts: gap(40 * SECOND_MS),
    state: 'healthy',
    code: 'heartbeat-remembered',
  },
  {
    rule: '6: no heartbeat, gateway unknown, one heard 120 s ago',
    plane: aPlane({ agent: unreported }),
    facts: gap(120 * SECOND_MS, false),
    state: 'healthy',
    code: 'heartbeat-remembered',
  },
  {
    rule: '6: no heartbeat, a single replica',
    plane: aPlane({ agent: unreported }),
    facts: gap(null, false),
    state: 'unknown',
    code: 'heartbeat-missing',
  },
  {
    rule: '6: remembered heartbeat more than 30 s ahead',
    plane: aPlane({ agent: unreported }),
    facts: gap(-31 * SECOND_MS),
    state: 'unknown',
    code: 'heartbeat-in-future',
  },
  {
    rule: '7: remembered heartbeat older than 180 s',
    plane: aPlane({ agent: unreported }),
    facts: gap(181 * SECOND_MS),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8: remembered heartbeat older than 120 s',
    plane: aPlane({ agent: unreported }),
    facts: gap(121 * SECOND_MS),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '6: the heartbeat in the status counts before the remembered one',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND_MS) }) }),
    facts: gap(10 * SECOND_MS),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8 before 6: an unreported heartbeat hides no known problem',
    plane: aPlane({ agent: unreported }),
    facts: { ...gap(null), certificate: { ...parsed, notAfter: ago(DAY_MS) } },
    state: 'degraded',
    code: 'certificate-expired',
  },
  {
    rule: '8 before 6: an unreported heartbeat without agents',
    plane: aPlane({ agent: { ...unreported, connectedAgents: 0 } }),
    facts: gap(null),
    state: 'degraded',
    code: 'agents-contradict',
  },
  {
    rule: '6: heartbeat 30 s ahead, within the skew',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-30 * SECOND_MS) }) }),
    state: 'healthy',
  },
  {
    rule: '6: heartbeat more than 30 s ahead',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(-31 * SECOND_MS) }) }),
    state: 'unknown',
    code: 'heartbeat-in-future',
  },
  {
    rule: '7: heartbeat 8 days old',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(8 * DAY_MS) }) }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '7: heartbeat older than 180 s',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(181 * SECOND_MS) }) }),
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '7 before 8: stale with an expired CA',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(DAY_MS) }) }),
    facts: { certificate: { ...parsed, notAfter: ago(DAY_MS) } },
    state: 'stale',
    code: 'heartbeat-stale',
  },
  {
    rule: '8: heartbeat exactly 180 s old is late',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(180 * SECOND_MS) }) }),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '8: heartbeat older than 120 s',
    plane: aPlane({ agent: agent({ lastHeartbeatTime: ago(121 * SECOND_MS) }) }),
    state: 'degraded',
    code: 'heartbeat-late',
  },
  {
    rule: '8: connected with no agents',
    plane: aPlane({ agent: agent({ connectedAgents: 0 }) }),
    state: 'degraded',
    code: 'agents-contradict',
  },
];

testRules(cases);

test('reports the age of a stale heartbeat', () => {
  const health = deriveHealth(
    aPlane({ agent: agent({ lastHeartbeatTime: ago(8 * DAY_MS) }) }),
    someFacts(),
    NOW_MS,
  );
  expect(health.reasons[0]?.message).toMatch(/^Last heartbeat 8 days ago\./);
});
