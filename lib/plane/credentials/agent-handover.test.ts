import { describe, expect, test } from 'vitest';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { type AgentHandover, NO_OBSERVATIONS, removalOutcome, withObservation } from './agent-handover';

const T0 = '2026-01-01T00:00:00Z';
const T1 = '2026-01-01T00:05:00Z';
const agents = (connectedAgents: number, lastConnectedTime = T0): AgentConnection => ({
  connected: connectedAgents > 0,
  connectedAgents,
  lastConnectedTime,
});
const watched = (...seen: readonly (AgentConnection | undefined)[]): AgentHandover =>
  seen.reduce<AgentHandover>(
    (watch, agent, index) => withObservation(watch, agent, index * 1000),
    NO_OBSERVATIONS,
  );

test.each([
  ['nothing at all', [undefined], { fewest: null, change: 'none', observations: 0 }],
  [
    'the same again and again',
    [agents(1), agents(1), agents(1)],
    { fewest: 1, change: 'none', observations: 1 },
  ],
  ['a rolling restart', [agents(1), agents(2), agents(1)], { fewest: 1, change: 'came', observations: 3 }],
  ['one that was lost', [agents(1), agents(0)], { fewest: 0, change: 'lost', observations: 2 }],
  [
    'one lost and back',
    [agents(1), agents(0), agents(1, T1)],
    { fewest: 0, change: 'came', observations: 3 },
  ],
  [
    'a reconnect between two looks',
    [agents(1), agents(1, T1)],
    { fewest: 1, change: 'came', observations: 2 },
  ],
  ['none from the start', [agents(0)], { fewest: 0, change: 'none', observations: 1 }],
  ['a second agent that leaves', [agents(2), agents(1)], { fewest: 1, change: 'none', observations: 2 }],
] as const)('what is told of %s', (_name, seen, { fewest, change, observations }) => {
  const watch = watched(...seen);
  expect({ fewest: watch.fewest, change: watch.change, observations: watch.observations.length }).toEqual({
    fewest,
    change,
    observations,
  });
});

describe('removalOutcome', () => {
  const DROPPED = '2026-01-01T00:01:00Z';
  const BEFORE = '2026-01-01T00:00:30Z';
  const AFTER = '2026-01-01T00:01:30Z';
  const connected = (lastHeartbeatTime?: string) => ({
    agent: { connected: true, connectedAgents: 1, ...(lastHeartbeatTime ? { lastHeartbeatTime } : {}) },
  });

  test.each([
    ['a heartbeat from before proves nothing', connected(BEFORE), 'waiting'],
    ['no heartbeat proves nothing', connected(), 'waiting'],
    ['a heartbeat from after it does', connected(AFTER), 'connected'],
    ['none connected', { agent: { connected: false, connectedAgents: 0 } }, 'lost'],
    ['nothing reported', {}, 'unmeasured'],
  ] as const)('%s', (_name, plane, verdict) => {
    expect(removalOutcome(plane, DROPPED)).toBe(verdict);
  });
});
