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
const watchAfter = (...seen: readonly (AgentConnection | undefined)[]): AgentHandover =>
  seen.reduce<AgentHandover>(
    (watch, agent, index) => withObservation(watch, agent, index * 1000),
    NO_OBSERVATIONS,
  );

test.each([
  ['no report', [undefined], { fewest: null, change: 'none', observations: 0 }],
  [
    'the same report several times',
    [agents(1), agents(1), agents(1)],
    { fewest: 1, change: 'none', observations: 1 },
  ],
  ['a rolling restart', [agents(1), agents(2), agents(1)], { fewest: 1, change: 'came', observations: 3 }],
  ['an agent that disconnected', [agents(1), agents(0)], { fewest: 0, change: 'lost', observations: 2 }],
  [
    'an agent that disconnected and reconnected',
    [agents(1), agents(0), agents(1, T1)],
    { fewest: 0, change: 'came', observations: 3 },
  ],
  [
    'a reconnect between two statuses',
    [agents(1), agents(1, T1)],
    { fewest: 1, change: 'came', observations: 2 },
  ],
  ['no agent from the start', [agents(0)], { fewest: 0, change: 'none', observations: 1 }],
  ['a second agent that disconnects', [agents(2), agents(1)], { fewest: 1, change: 'none', observations: 2 }],
] as const)('summarises %s', (_name, seen, { fewest, change, observations }) => {
  const watch = watchAfter(...seen);
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
    ['waits after a heartbeat from before the removal', connected(BEFORE), 'waiting'],
    ['waits without a heartbeat', connected(), 'waiting'],
    ['is connected after a heartbeat from after the removal', connected(AFTER), 'connected'],
    ['is lost when no agent is connected', { agent: { connected: false, connectedAgents: 0 } }, 'lost'],
    ['is unmeasured without a report', {}, 'unmeasured'],
  ] as const)('%s', (_name, plane, verdict) => {
    expect(removalOutcome(plane, DROPPED)).toBe(verdict);
  });
});
