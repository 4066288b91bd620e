import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { ConnectionMemory } from './connection-memory';

/** A status, read `readAgo` ms before NOW_MS. */
interface Read {
  readonly readAgo: number;
  readonly agent: AgentConnection | undefined;
}

const connected = (readAgo: number, changes: Partial<AgentConnection> = {}): Read => ({
  readAgo,
  agent: { connected: true, connectedAgents: 1, ...changes },
});
const heartbeat = (readAgo: number, heartbeatAgo = readAgo): Read =>
  connected(readAgo, { lastHeartbeatTime: ago(heartbeatAgo) });
const disconnected = (readAgo: number): Read => ({
  readAgo,
  agent: { connected: false, connectedAgents: 0, lastHeartbeatTime: ago(readAgo + MINUTE_MS) },
});

const reportOf = (agent: AgentConnection | undefined) => ({ agent, conditions: [] });

function memoryOf(...reads: Read[]): ConnectionMemory {
  const memory = new ConnectionMemory();
  for (const { readAgo, agent } of reads) memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - readAgo);
  return memory;
}

describe('the last heartbeat', () => {
  test.each<[string, Read[], string | null]>([
    ['is unknown before any', [connected(0)], null],
    ['stays while the statuses have none', [heartbeat(40_000), connected(20_000), connected(0)], ago(40_000)],
    ['is the newest', [heartbeat(60_000, 61_000), heartbeat(30_000, 90_000), connected(0)], ago(61_000)],
    [
      'is forgotten when the agent disconnects',
      [heartbeat(60_000), disconnected(30_000), connected(0)],
      null,
    ],
    [
      'is forgotten when the status loses its report',
      [heartbeat(60_000), { readAgo: 30_000, agent: undefined }, connected(0)],
      null,
    ],
    [
      'is never one of an earlier connection, which a status may still have',
      [
        disconnected(60_000),
        connected(30_000, { lastHeartbeatTime: ago(90_000), lastDisconnectedTime: ago(60_000) }),
        connected(0),
      ],
      null,
    ],
    [
      'counts from the beginning of the connection',
      [
        disconnected(60_000),
        connected(30_000, { lastHeartbeatTime: ago(40_000), lastDisconnectedTime: ago(60_000) }),
        connected(0),
      ],
      ago(40_000),
    ],
    [
      "isn't one that was in the future, which would seem fresh for too long",
      [heartbeat(60_000), heartbeat(30_000, -31_000), connected(0)],
      ago(60_000),
    ],
    ["isn't one that can't be read", [connected(0, { lastHeartbeatTime: 'yesterday' })], null],
  ])('%s', (_, reads, last) => {
    expect(memoryOf(...reads).lastHeartbeat).toBe(last);
  });
});

describe('flapping', () => {
  const flappingOf = (...reads: Read[]) => memoryOf(...reads).flapping(DEFAULT_LIMITS, NOW_MS);
  const time = (agoMs: number) => new Date(NOW_MS - agoMs).toISOString();

  test('needs three changes within the window', () => {
    const two = [heartbeat(9 * MINUTE_MS), disconnected(8 * MINUTE_MS), heartbeat(7 * MINUTE_MS)];
    expect(flappingOf(...two)).toBeUndefined();
    expect(flappingOf(...two, disconnected(6 * MINUTE_MS))).toEqual({
      since: time(8 * MINUTE_MS),
      lastChangeAt: time(6 * MINUTE_MS),
      until: time(-7 * MINUTE_MS),
    });
  });

  test("doesn't count changes that are further apart", () => {
    expect(
      flappingOf(
        heartbeat(40 * MINUTE_MS),
        disconnected(20 * MINUTE_MS),
        heartbeat(10 * MINUTE_MS),
        disconnected(4 * MINUTE_MS),
      ),
    ).toBeUndefined();
  });

  test('keeps its begin while it goes on', () => {
    const reads = Array.from({ length: 30 }, (_, index) => {
      const agoMs = (30 - index) * MINUTE_MS;
      return index % 2 === 0 ? heartbeat(agoMs) : disconnected(agoMs);
    });
    expect(flappingOf(...reads)).toEqual({
      since: time(29 * MINUTE_MS),
      lastChangeAt: time(MINUTE_MS),
      until: time(-12 * MINUTE_MS),
    });
  });

  test('ends when the third change from last has left the window, and begins anew after that', () => {
    const memory = memoryOf(
      heartbeat(40 * MINUTE_MS),
      disconnected(39 * MINUTE_MS),
      heartbeat(38 * MINUTE_MS),
      disconnected(37 * MINUTE_MS),
    );
    const endMs = NOW_MS - 24 * MINUTE_MS;
    expect(memory.flapping(DEFAULT_LIMITS, endMs)).toBeDefined();
    expect(memory.flapping(DEFAULT_LIMITS, endMs + 1)).toBeUndefined();
    for (const [index, agoMs] of [3, 2, 1].entries()) {
      const { agent } = index % 2 === 0 ? heartbeat(agoMs * MINUTE_MS) : disconnected(agoMs * MINUTE_MS);
      memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - agoMs * MINUTE_MS);
    }
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)?.since).toBe(time(3 * MINUTE_MS));
  });

  test('forgets its changes when the clock is set back, because they would lie in the future', () => {
    expect(
      flappingOf(
        heartbeat(-60 * MINUTE_MS),
        disconnected(-61 * MINUTE_MS),
        heartbeat(-62 * MINUTE_MS),
        disconnected(MINUTE_MS),
        heartbeat(30 * SECOND_MS),
      ),
    ).toBeUndefined();
  });

  test("doesn't count a status that appears or disappears", () => {
    const none = (readAgo: number): Read => ({ readAgo, agent: undefined });
    expect(
      flappingOf(heartbeat(50_000), none(40_000), disconnected(30_000), none(20_000), heartbeat(0)),
    ).toBeUndefined();
  });

  test('counts no change that an edit explains, and none of before it', () => {
    const memory = new ConnectionMemory();
    for (let agoMs = 10 * MINUTE_MS, round = 0; agoMs > 0; agoMs -= MINUTE_MS, round += 1) {
      memory.changeSettings(NOW_MS - agoMs);
      const { agent } = round % 2 === 0 ? heartbeat(agoMs) : disconnected(agoMs);
      memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - agoMs);
    }
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)).toBeUndefined();
  });

  test('counts the changes after the one that an edit explains', () => {
    const memory = memoryOf(heartbeat(9 * MINUTE_MS), disconnected(8 * MINUTE_MS), heartbeat(7 * MINUTE_MS));
    memory.changeSettings(NOW_MS - 6 * MINUTE_MS);
    const reads = [disconnected(5 * MINUTE_MS), heartbeat(4 * MINUTE_MS), disconnected(3 * MINUTE_MS)];
    for (const { readAgo, agent } of reads) memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - readAgo);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)).toBeUndefined();
    memory.observe(reportOf(heartbeat(2 * MINUTE_MS).agent), DEFAULT_LIMITS, NOW_MS - 2 * MINUTE_MS);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)?.since).toBe(time(4 * MINUTE_MS));
  });

  test('counts no change that an incident explains, but those of before it', () => {
    const memory = memoryOf(
      heartbeat(9 * MINUTE_MS),
      disconnected(8 * MINUTE_MS),
      heartbeat(7 * MINUTE_MS),
      disconnected(6 * MINUTE_MS),
    );
    memory.explainChanges(NOW_MS - 7 * MINUTE_MS);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)).toBeUndefined();
    for (const { readAgo, agent } of [heartbeat(2 * MINUTE_MS), disconnected(MINUTE_MS)])
      memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - readAgo);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)?.since).toBe(time(8 * MINUTE_MS));
  });

  test.each<[string, number | null]>([
    ['is over', NOW_MS - 5 * MINUTE_MS],
    ['is ended early', NOW_MS + 60 * MINUTE_MS],
  ])('counts no change from a maintenance that %s', (_, untilMs) => {
    const memory = new ConnectionMemory();
    const reads = [heartbeat(9 * MINUTE_MS), disconnected(8 * MINUTE_MS), heartbeat(7 * MINUTE_MS)];
    for (const { readAgo, agent } of [...reads, disconnected(6 * MINUTE_MS)])
      memory.observe(reportOf(agent), DEFAULT_LIMITS, NOW_MS - readAgo, untilMs);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS - 6 * MINUTE_MS)).toBeDefined();
    memory.observe(reportOf(heartbeat(MINUTE_MS).agent), DEFAULT_LIMITS, NOW_MS - MINUTE_MS);
    expect(memory.flapping(DEFAULT_LIMITS, NOW_MS)).toBeUndefined();
  });
});

describe('a change of what the connection depends on', () => {
  const report = (status: 'True' | 'False') => ({
    agent: undefined,
    conditions: [{ type: 'Ready', status }],
  });

  test.each([
    ['connected before it, by an agent', [reportOf(heartbeat(0).agent)], true],
    [
      'lost since it was seen unchanged',
      [heartbeat(0), disconnected(0)].map(({ agent }) => reportOf(agent)),
      true,
    ],
    ['connected before it, by a condition', [report('True')], true],
    ['lost since then, by a condition', [report('True'), report('False')], true],
    ['lost for longer', [report('True'), report('False'), report('False')], false],
    ['never connected', [report('False')], false],
  ])('was made on a plane that was %s', (_, reports, wasConnected) => {
    const memory = new ConnectionMemory();
    for (const [index, one] of reports.entries())
      memory.observe(one, DEFAULT_LIMITS, NOW_MS + index * MINUTE_MS);
    const seenMs = NOW_MS + reports.length * MINUTE_MS;
    expect(memory.changeSettings(seenMs, seenMs - 90_000)).toBe(wasConnected);
    expect(memory.settingsChange !== null).toBe(wasConnected);
  });
});
