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

test('nothing happens between two looks at the same', () => {
  expect(changesBetween(seen(), seen())).toEqual([]);
  const later = seen(agent({ lastHeartbeatTime: ago(0) }));
  expect(changesBetween(seen(agent({ lastHeartbeatTime: ago(60_000) })), later)).toEqual([]);
});

describe('health', () => {
  test('is told with the reason that names the state, and as a state for the symbol', () => {
    expect(changesBetween(seen(), seen({}, LOST))).toEqual([
      { what: 'health', text: 'Disconnected, was healthy: No agent for 2 min.', health: 'disconnected' },
    ]);
    expect(textsOf(seen({}, LOST), seen())).toEqual(['health: Healthy, was disconnected.']);
  });

  test('that stays the same for another reason is no change', () => {
    const other: Health = { state: 'disconnected', reasons: [] };
    expect(changesBetween(seen({}, LOST), seen({}, other))).toEqual([]);
  });

  test('of a plane about which more was learnt did not change by that', () => {
    const learnt = seen({}, LOST, { certificate: { state: 'absent' } });
    expect(changesBetween(seen(), learnt)).toEqual([]);
    expect(
      changesBetween(seen(), { ...learnt, plane: { ...learnt.plane, resourceVersion: '2' } }),
    ).toHaveLength(1);
    const missing = seen({}, LOST, { observabilityPlane: 'missing' });
    expect(changesBetween(seen({}, HEALTHY, { observabilityPlane: 'not-visible' }), missing)).toEqual([]);
    expect(changesBetween(seen({}, HEALTHY, { observabilityPlane: 'found' }), missing)).toHaveLength(1);
  });
});

describe('agents', () => {
  const down = agent({ connected: false, connectedAgents: 0, message: 'No agents connected' });

  test('come, and the time is the one at which the controller noticed', () => {
    const up = agent({ lastConnectedTime: '2026-03-10T11:59:07Z' });
    expect(textsOf(seen(down), seen(up))).toEqual([
      'agent: An agent is connected, noticed by the controller at 2026-03-10 11:59:07 UTC.',
    ]);
    expect(textsOf(seen(down), seen(agent({})))).toEqual(['agent: An agent is connected.']);
  });

  test('are lost between the last heartbeat and the moment at which the controller noticed', () => {
    const lost = {
      agent: {
        ...down.agent,
        lastHeartbeatTime: '2026-03-10T02:57:30Z',
        lastDisconnectedTime: '2026-03-10T02:59:10Z',
      },
    };
    expect(textsOf(seen(agent({})), seen(lost))).toEqual([
      'agent: No agent is connected any more: lost between 2026-03-10 02:57 and 02:59 UTC.',
    ]);
    expect(textsOf(seen(agent({})), seen(down))).toEqual(['agent: No agent is connected any more.']);
  });

  test('are counted', () => {
    expect(textsOf(seen(agent({})), seen(agent({ connectedAgents: 2 })))).toEqual([
      'agent: 2 agents connected, 1 before.',
    ]);
  });

  test('are reported on for the first time, and no longer', () => {
    const { agent: _, ...without } = aPlane();
    const unreported: JudgedPlane = { ...seen(), plane: { ...without, facts: NO_FACTS } };
    expect(textsOf(unreported, seen(down))).toEqual([
      'agent: First report on its agent: No agents connected.',
    ]);
    expect(textsOf(seen(down), unreported)).toEqual(['agent: Nothing is reported on its agent any more.']);
  });
});

test('conditions are told when their status changes, when they come and when they go', () => {
  const conditions = (...list: Plane['conditions']) => seen({ conditions: list });
  const ready = { type: 'Ready', status: 'True' } as const;
  const failed = { type: 'Ready', status: 'False', reason: 'Failed', message: 'No.' } as const;
  expect(textsOf(conditions(), conditions(ready))).toEqual(['condition: Ready is True.']);
  expect(textsOf(conditions(ready), conditions(failed))).toEqual([
    'condition: Ready is False, was True (Failed): No.',
  ]);
  expect(textsOf(conditions(failed), conditions({ ...failed, message: 'Still no.' }))).toEqual([]);
  expect(textsOf(conditions(ready), conditions())).toEqual([
    'condition: The condition Ready is no longer reported, was True.',
  ]);
});

test('a changed spec is told by its generation, and what follows from it after it', () => {
  const changed = seen({ generation: 2, resourceVersion: '2' }, LOST);
  expect(textsOf(seen(), changed)).toEqual([
    'spec: The spec was changed: generation 2, was 1.',
    'health: Disconnected, was healthy: No agent for 2 min.',
  ]);
});

test('a deletion is told when it begins and when it has ended', () => {
  const deleting = seen({ deletingSince: '2026-03-10T11:00:00Z' });
  expect(textsOf(seen(), deleting)).toEqual([
    'deletion: Its deletion was asked for at 2026-03-10 11:00:00 UTC.',
  ]);
  expect(changesBetween(deleting, deleting)).toEqual([]);
  expect(deletedChange()).toEqual({ what: 'deletion', text: 'The plane is gone.' });
});

test('a deletion raises the generation by itself, which is no change of the spec', () => {
  const deletingSince = '2026-03-10T11:00:00Z';
  const asked = 'deletion: Its deletion was asked for at 2026-03-10 11:00:00 UTC.';
  expect(textsOf(seen(), seen({ deletingSince, generation: 2 }))).toEqual([asked]);
  // Changed and deleted between two looks.
  expect(textsOf(seen(), seen({ deletingSince, generation: 3 }))).toEqual([
    'spec: The spec was changed: generation 3, was 1.',
    asked,
  ]);
  const deleting = seen({ deletingSince, generation: 2 });
  expect(textsOf(deleting, seen({ deletingSince, generation: 3 }))).toEqual([
    'spec: The spec was changed: generation 3, was 2.',
  ]);
});

test('a plane that is new is told with its first state', () => {
  expect(firstSeenChange(seen({ createdAt: '2026-03-10T11:00:00Z' }, LOST))).toEqual({
    what: 'first-seen',
    text: 'Seen for the first time, created at 2026-03-10 11:00:00 UTC. Disconnected: No agent for 2 min.',
    health: 'disconnected',
  });
});
