import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { FleetEngine } from './fleet-engine';

let clock: ApiServerClock;
let engine: FleetEngine;
let apiAheadMs: number;
let writerAheadMs: number;
let alive: string[];
/** What was seen each second. */
let states: Set<string | undefined>;
let incidents: number;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  apiAheadMs = 0;
  writerAheadMs = 0;
  incidents = 0;
  states = new Set();
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

/** Starts a server that reads these planes, each with a heartbeat of that true age. */
function begin(heartbeatAges: Record<string, number>): void {
  clock = new ApiServerClock();
  readClock();
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: () => clock.nowMs(),
    clock,
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => {} },
  });
  engine.sources.add({ plural: 'dataplanes' });
  const planes = Object.entries(heartbeatAges).map(([uid, ageMs]) => planeOf(uid, ageMs));
  engine.replaceKind({ plural: 'dataplanes' }, planes);
  engine.sources.watching({ plural: 'dataplanes' });
  engine.start();
}

function readClock(): void {
  const at = monotonicMs();
  clock.observe(new Date(Date.now() + apiAheadMs).toUTCString(), at, at);
}

function planeOf(uid: string, ageMs: number) {
  const agent = { connected: true, connectedAgents: 1 };
  const lastHeartbeatTime = formatRfc3339(Date.now() + writerAheadMs - ageMs);
  return aPlane({ uid, name: uid, planeID: uid, agent: { ...agent, lastHeartbeatTime } });
}

/** A plane that was lost some seconds ago, by the right clock. */
function disconnected(uid: string) {
  const at = (agoMs: number) => formatRfc3339(Date.now() - agoMs);
  return aPlane({
    uid,
    name: uid,
    planeID: uid,
    agent: {
      connected: false,
      connectedAgents: 0,
      lastHeartbeatTime: at(15 * SECOND_MS),
      lastDisconnectedTime: at(SECOND_MS),
    },
  });
}

/** Passes time while the living planes report once a minute, one after another. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += SECOND_MS) {
    const second = Math.round((Date.now() - NOW_MS) / SECOND_MS);
    for (const [index, uid] of alive.entries())
      if ((second + index * 10) % 60 === 0) engine.set(planeOf(uid, 5 * SECOND_MS));
    engine.sources.contact({ plural: 'dataplanes' });
    readClock();
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    for (const uid of alive) states.add(stateOf(uid));
    incidents = Math.max(incidents, engine.incidents.length);
  }
}

const stateOf = (uid: string) => engine.find('DataPlane', 'acme', uid)?.health?.state;
const titles = () => engine.controlPlane.findings.map(({ title }) => title);
const ALIVE = { one: 12_000, two: 2000, three: 52_000, four: 42_000, five: 32_000, six: 22_000 };
const FROZEN = { one: HOUR_MS, two: HOUR_MS, three: HOUR_MS };

describe.each([
  [HOUR_MS, 'behind'],
  [-HOUR_MS, 'ahead of'],
])("with an API server's clock that is %d ms ahead since before the start", (aheadMs, side) => {
  beforeEach(() => {
    apiAheadMs = aheadMs;
    alive = Object.keys(ALIVE);
  });

  test('planes whose heartbeats move with time are healthy after some seconds, and the skew is reported', async () => {
    begin(ALIVE);
    await pass(30 * SECOND_MS);
    states.clear();
    await pass(10 * MINUTE_MS);
    expect([...states]).toEqual(['healthy']);
    expect(incidents).toBe(0);
    expect(titles()).toEqual([`Some heartbeats are 1 h ${side} the API server's clock`]);
  });

  test('a plane that stopped earlier is as old as it is, and one that stops turns stale', async () => {
    begin({ ...ALIVE, dead: 20 * MINUTE_MS });
    await pass(MINUTE_MS);
    expect(engine.find('DataPlane', 'acme', 'dead')?.health?.reasons[0]?.message).toMatch(/2[01] min/);
    alive = alive.filter((uid) => uid !== 'one');
    await pass(4 * MINUTE_MS);
    expect(stateOf('one')).toBe('stale');
    expect(stateOf('two')).toBe('healthy');
  });

  test('a skew that is undone leaves no finding, and no plane is affected', async () => {
    begin(ALIVE);
    await pass(2 * MINUTE_MS);
    states.clear();
    apiAheadMs = 0;
    await pass(20 * MINUTE_MS);
    expect([...states]).toEqual(['healthy']);
    expect(incidents).toBe(0);
    expect(titles()).toEqual([]);
  });
});

test('heartbeats that stand still after a start are an incident within a minute', async () => {
  alive = [];
  begin(FROZEN);
  await pass(30 * SECOND_MS);
  expect(incidents).toBe(0);
  await pass(32 * SECOND_MS);
  expect(incidents).toBe(1);
  expect(titles()).toEqual([]);
});

test('a fleet with one fresh heartbeat at the start needs no waiting', async () => {
  alive = [];
  begin({ ...FROZEN, fresh: SECOND_MS });
  await pass(2 * SECOND_MS);
  expect(incidents).toBe(1);
});

test('writers that are set to another clock while the server runs are reported, and their planes recover', async () => {
  alive = Object.keys(ALIVE);
  begin(ALIVE);
  await pass(3 * MINUTE_MS);
  writerAheadMs = -HOUR_MS;
  await pass(3 * MINUTE_MS);
  states.clear();
  await pass(5 * MINUTE_MS);
  expect([...states]).toEqual(['healthy']);
  expect(titles()).toEqual(["Some heartbeats are 1 h behind the API server's clock"]);
  writerAheadMs = 0;
  await pass(3 * MINUTE_MS);
  expect(titles()).toEqual([]);
});

describe.each([HOUR_MS, -HOUR_MS])('when writers are set by %d ms', (byMs) => {
  test('it is noticed with the second heartbeat', async () => {
    alive = Object.keys(ALIVE);
    begin(ALIVE);
    await pass(3 * MINUTE_MS);
    writerAheadMs = byMs;
    await pass(15 * SECOND_MS);
    states.clear();
    await pass(3 * MINUTE_MS);
    expect([...states]).toEqual(['healthy']);
    expect(titles()).toHaveLength(1);
  });

  test('just after some planes were lost together, the others are not taken for lost', async () => {
    alive = [...Object.keys(ALIVE), 'seven', 'eight', 'nine'];
    begin({ ...ALIVE, seven: 10_000, eight: 20_000, nine: 30_000 });
    await pass(3 * MINUTE_MS);
    const lost = alive.slice(0, 3);
    alive = alive.slice(3);
    for (const uid of lost) engine.set(disconnected(uid));
    await pass(3 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ code: 'lost-together', planes: 3 }]);
    writerAheadMs = byMs;
    const codes = new Set<string>();
    for (let second = 0; second < 180; second += 1) {
      await pass(SECOND_MS);
      for (const { code, planes } of engine.incidents) codes.add(`${code} ${planes}`);
    }
    expect([...codes]).toEqual(['lost-together 3']);
  });

  test("just after a jump of the API server's clock, it is noticed, and no plane is lost", async () => {
    alive = Object.keys(ALIVE);
    apiAheadMs = HOUR_MS;
    begin(ALIVE);
    await pass(2 * MINUTE_MS);
    apiAheadMs = 0;
    await pass(90 * SECOND_MS);
    writerAheadMs = byMs;
    await pass(2 * MINUTE_MS);
    states.clear();
    await pass(12 * MINUTE_MS);
    expect([...states]).toEqual(['healthy']);
    expect(incidents).toBe(0);
    // Set ahead, heartbeats follow the clock from before the jump again.
    const isEarlierClock = byMs > 0;
    expect(titles()).toEqual([
      isEarlierClock
        ? "The API server's clock jumped by 1 h"
        : "Some heartbeats are 1 h behind the API server's clock",
    ]);
  });

  test('before a start, a plane that was lost before that keeps its times', async () => {
    writerAheadMs = byMs;
    alive = Object.keys(ALIVE);
    begin(ALIVE);
    const lost = disconnected('lost');
    engine.set({ ...lost, createdAt: formatRfc3339(Date.now() - 12 * MINUTE_MS) });
    await pass(2 * MINUTE_MS);
    expect(titles()).toHaveLength(1);
    expect(engine.find('DataPlane', 'acme', 'lost')?.plane.agent).toEqual(lost.agent);
  });
});

test('heartbeats that jump by different times show no other clock', async () => {
  alive = [];
  begin(ALIVE);
  await pass(SECOND_MS);
  const old = Object.keys(ALIVE).slice(0, 3);
  const ahead = Object.keys(ALIVE).slice(3);
  for (const uid of old) engine.set(planeOf(uid, HOUR_MS));
  for (const uid of ahead) engine.set(planeOf(uid, -HOUR_MS));
  await pass(30 * SECOND_MS);
  expect(titles()).toEqual([]);
  expect(old.map(stateOf)).toEqual(['stale', 'stale', 'stale']);
  expect(ahead.map(stateOf)).toEqual(['unknown', 'unknown', 'unknown']);
});

test('planes that died while nothing was read show no other clock', async () => {
  alive = Object.keys(ALIVE);
  begin(ALIVE);
  await pass(3 * MINUTE_MS);
  alive = [];
  await vi.advanceTimersByTimeAsync(20 * MINUTE_MS);
  readClock();
  engine.replaceKind(
    { plural: 'dataplanes' },
    Object.keys(ALIVE).map((uid) => planeOf(uid, 10 * MINUTE_MS)),
  );
  await pass(MINUTE_MS);
  expect(titles()).toEqual([]);
  expect(stateOf('one')).toBe('stale');
});
