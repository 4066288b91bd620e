import { describe, expect, test } from 'vitest';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { DAY_MS } from '@/lib/plane/time/duration';
import { aCertificate } from '@/testing/plane/diagnosis-fixture';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import {
  type AgentWatch,
  agentHandover,
  certificateToKeep,
  NO_OBSERVATIONS,
  removalOutcome,
  restartNotBefore,
  withObservation,
} from './agent-handover';

const T0 = '2026-01-01T00:00:00Z';
const T1 = '2026-01-01T00:05:00Z';
const agents = (connectedAgents: number, lastConnectedTime = T0): AgentConnection => ({
  connected: connectedAgents > 0,
  connectedAgents,
  lastConnectedTime,
});
const watchAfter = (...seen: readonly (AgentConnection | undefined)[]): AgentWatch =>
  seen.reduce<AgentWatch>(
    (watch, agent, index) => withObservation(watch, agent, index * 10_000),
    NO_OBSERVATIONS,
  );

test('keeps no certificate that is not valid now, and restarts no agent before all are', () => {
  const certificate = (fingerprint: string, days: readonly [number, number]) =>
    aCertificate({ fingerprint, notBefore: ago(-days[0] * DAY_MS), notAfter: ago(-days[1] * DAY_MS) });
  const now = certificate('now', [-90, 3]);
  const bundle = [certificate('later', [10, 90]), now, certificate('before', [-300, -200])];
  expect(certificateToKeep(bundle, NOW_MS)).toBe('now');
  expect(certificateToKeep([certificate('newer', [-1, 90]), ...bundle], NOW_MS)).toBe('newer');
  expect(restartNotBefore(bundle, NOW_MS)).toBe(NOW_MS + 10 * DAY_MS);
  expect(restartNotBefore([now], NOW_MS)).toBeNull();
});

test.each([
  ['no report', [undefined], { fewest: null, observations: 0 }],
  ['the same report several times', [agents(1), agents(1), agents(1)], { fewest: 1, observations: 1 }],
  ['a rolling restart', [agents(1), agents(2), agents(1)], { fewest: 1, observations: 3 }],
  ['an agent that disconnected', [agents(1), agents(0)], { fewest: 0, observations: 2 }],
  ['a reconnect between two statuses', [agents(1), agents(1, T1)], { fewest: 1, observations: 2 }],
] as const)('summarises %s', (_name, seen, expected) => {
  const watch = watchAfter(...seen);
  expect({ fewest: watch.fewest, observations: watch.observations.length }).toEqual(expected);
});

describe('agentHandover', () => {
  const BEFORE_WRITE = '1969-12-31T00:00:00Z';
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  /** @param counts one status each ten seconds from 0 on; the last one is the current one */
  const judged = (
    counts: readonly number[],
    { since = 5, said = null as number | null, connected = BEFORE_WRITE, heartbeat = at(0) } = {},
  ) => {
    const seen = counts.map((count) => ({ ...agents(count, BEFORE_WRITE), lastHeartbeatTime: heartbeat }));
    const last = seen.at(-1);
    const agent = last && { ...last, lastConnectedTime: connected };
    return agentHandover(
      agent ? { agent } : {},
      watchAfter(...seen),
      since * 1000,
      said === null ? null : said * 1000,
    );
  };

  test.each([
    ['nothing has changed', judged([1]), 'waiting'],
    ['a heartbeat alone is newer', judged([1], { heartbeat: at(9) }), 'waiting'],
    ['a second agent is connected', judged([1, 2]), 'both'],
    ['the number of agents rose and fell', judged([1, 2, 1]), 'observed'],
    ['it rose and fell in a plane with two agents', judged([2, 3, 2]), 'observed'],
    ['one of two agents was replaced, and the other not yet', judged([2, 1, 2]), 'waiting'],
    ['a second agent is connected a second before the page believes', judged([1, 2], { since: 11 }), 'both'],
    ['an agent left for good', judged([2, 1]), 'waiting'],
    ['no agent is connected', judged([1, 0]), 'lost'],
    ['an agent came back after none was left', judged([1, 0, 1]), 'observed'],
    ['the agent was lost before and connects now', judged([0, 1]), 'observed'],
    ['the reported time of the connection moved', judged([1], { connected: at(6) }), 'observed'],
    ['it moved before the certificate was stored', judged([1], { connected: at(6), since: 7 }), 'waiting'],
    [
      'the number rose and fell before the certificate was stored',
      judged([1, 2, 1], { since: 50 }),
      'waiting',
    ],
    ['a person says so, without a later heartbeat', judged([1], { said: 8, heartbeat: at(7) }), 'waiting'],
    ['a person says so, and a heartbeat is later', judged([1], { said: 8, heartbeat: at(9) }), 'said'],
    ['a person says so, and no agent is connected', judged([1, 0], { said: 8, heartbeat: at(9) }), 'lost'],
    ['an observation confirms the person', judged([1, 2, 1], { said: 8, heartbeat: at(9) }), 'observed'],
    ['the status reports no agents', judged([]), 'unmeasured'],
  ])('when %s', (_name, handover, expected) => {
    expect(handover).toBe(expected);
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
