import { describe, expect, test } from 'vitest';
import type { Health, JudgedPlane } from '@/lib/plane/health/health';
import { NO_FACTS, type PlaneFacts } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { changesBetween, deletedChange, firstSeenChange } from './plane-changes';

const HEALTHY: Health = { state: 'healthy', reasons: [] };
const LOST: Health = {
  state: 'disconnected',
  reasons: [{ code: 'agent-lost', severity: 'error', message: 'No agent for 2 min.' }],
};

function seen(changes: Partial<Plane> = {}, health = HEALTHY, facts: Partial<PlaneFacts> = {}): JudgedPlane {
  return { plane: { ...aPlane(changes), facts: { ...NO_FACTS, ...facts } }, health };
}
const textsOf = (before: JudgedPlane, after: JudgedPlane) =>
  changesBetween(before, after).map(({ what, text }) => `${what}: ${text}`);
const agent = (changes: Partial<NonNullable<Plane['agent']>>) => ({
  agent: { connected: true, connectedAgents: 1, ...changes },
});

test('returns nothing for two equal observations', () => {
  expect(changesBetween(seen(), seen())).toEqual([]);
  const later = seen(agent({ lastHeartbeatTime: ago(0) }));
  expect(changesBetween(seen(agent({ lastHeartbeatTime: ago(60_000) })), later)).toEqual([]);
});

describe('health', () => {
  test('reports the reason that names the state, and the state for the symbol', () => {
    expect(changesBetween(seen(), seen({}, LOST))).toEqual([
      { what: 'health', text: 'Disconnected, was healthy: No agent for 2 min.', health: 'disconnected' },
    ]);
    expect(textsOf(seen({}, LOST), seen())).toEqual(['health: Healthy, was disconnected.']);
  });

  test("says why a plane is healthy if its reference wasn't checked", () => {
    const reason = (code: string, message: string) => ({ code, severity: 'info' as const, message });
    const before: Health = { state: 'degraded', reasons: [reason('reference-missing', '')] };
    const after: Health = {
      state: 'healthy',
      reasons: [reason('shared-plane-id', 'Shared.'), reason('reference-not-visible', 'Not visible.')],
    };
    expect(textsOf(seen({}, before), seen({}, after))).toEqual([
      'health: Healthy, was degraded: Not visible.',
    ]);
  });

  test('reports nothing for the same state with another reason', () => {
    const other: Health = { state: 'disconnected', reasons: [] };
    expect(changesBetween(seen({}, LOST), seen({}, other))).toEqual([]);
  });

  test('reports nothing for newly learned facts', () => {
    const withNewFacts = seen({}, LOST, { certificate: { state: 'absent' } });
    expect(changesBetween(seen(), withNewFacts)).toEqual([]);
    expect(
      changesBetween(seen(), { ...withNewFacts, plane: { ...withNewFacts.plane, resourceVersion: '2' } }),
    ).toHaveLength(1);
    const missing = seen({}, LOST, { observabilityPlane: 'missing' });
    expect(changesBetween(seen({}, HEALTHY, { observabilityPlane: 'not-visible' }), missing)).toEqual([]);
    expect(changesBetween(seen({}, HEALTHY, { observabilityPlane: 'found' }), missing)).toHaveLength(1);
  });
});

describe('agents', () => {
  const down = agent({ connected: false, connectedAgents: 0, message: 'No agents connected' });

  test('reports a connection with the time at which the controller noticed', () => {
    const up = agent({ lastConnectedTime: '2026-03-10T11:59:07Z' });
    expect(textsOf(seen(down), seen(up))).toEqual([
      'agent: Agent connected. The controller noticed at 2026-03-10 11:59:07 UTC.',
    ]);
    expect(textsOf(seen(down), seen(agent({})))).toEqual(['agent: Agent connected.']);
  });

  test('reports a disconnection between the last heartbeat and the time at which the controller noticed', () => {
    const lost = {
      agent: {
        ...down.agent,
        lastHeartbeatTime: '2026-03-10T02:57:30Z',
        lastDisconnectedTime: '2026-03-10T02:59:10Z',
      },
    };
    expect(textsOf(seen(agent({})), seen(lost))).toEqual([
      'agent: Agent disconnected between 2026-03-10 02:57 and 02:59 UTC.',
    ]);
    expect(textsOf(seen(agent({})), seen(down))).toEqual(['agent: Agent disconnected.']);
  });

  test('reports a change in their number', () => {
    expect(textsOf(seen(agent({})), seen(agent({ connectedAgents: 2 })))).toEqual([
      'agent: 2 agents connected, was 1.',
    ]);
  });

  test('reports their first report and its disappearance', () => {
    const { agent: _, ...without } = aPlane();
    const unreported: JudgedPlane = { ...seen(), plane: { ...without, facts: NO_FACTS } };
    expect(textsOf(unreported, seen(down))).toEqual(['agent: First agent report: No agents connected.']);
    expect(textsOf(seen(down), unreported)).toEqual(['agent: The status no longer reports the agent.']);
  });
});

test('reports conditions that change their status, appear or disappear', () => {
  const conditions = (...list: Plane['conditions']) => seen({ conditions: list });
  const ready = { type: 'Ready', status: 'True' } as const;
  const failed = { type: 'Ready', status: 'False', reason: 'Failed', message: 'No.' } as const;
  expect(textsOf(conditions(), conditions(ready))).toEqual(['condition: Ready is True.']);
  expect(textsOf(conditions(ready), conditions(failed))).toEqual([
    'condition: Ready is False, was True (Failed): No.',
  ]);
  expect(textsOf(conditions(failed), conditions({ ...failed, message: 'Still no.' }))).toEqual([]);
  expect(textsOf(conditions(ready), conditions())).toEqual([
    'condition: Condition Ready is no longer reported, was True.',
  ]);
});

test('reports the start and the end of a deletion', () => {
  const deleting = seen({ deletingSince: '2026-03-10T11:00:00Z' });
  expect(textsOf(seen(), deleting)).toEqual(['deletion: Deletion requested at 2026-03-10 11:00:00 UTC.']);
  expect(changesBetween(deleting, deleting)).toEqual([]);
  expect(deletedChange()).toEqual({ what: 'deletion', text: 'Plane deleted.' });
});

test('reports a new plane with its first state', () => {
  expect(firstSeenChange(seen({ createdAt: '2026-03-10T11:00:00Z' }, LOST))).toEqual({
    what: 'first-seen',
    text: 'First seen, created at 2026-03-10 11:00:00 UTC. Disconnected: No agent for 2 min.',
    health: 'disconnected',
  });
});
