import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import type { ChangeSet } from './change-publisher';
import { FleetEngine } from './fleet-engine';

/** Each plane's status is written once a minute, one after another. */
const PLANES = 6;
const PERIOD_MS = MINUTE_MS;

let clock: ApiServerClock;
let engine: FleetEngine;
/** How far the clocks of the API server and of the writers of heartbeats are ahead of the true time. */
let apiAheadMs: () => number;
let writerAheadMs: number;
let alive: Set<string>;
let readEveryMs: number;
/** Whether each report also changes something else, which readers get at once. */
let changesMore: boolean;
/** Every state other than healthy that readers were sent of a living plane, with its reasons. */
let wrong: Set<string>;
let incidents: number;
/** States of planes that no longer report, after the time at which they must be stale. */
let deadStates: Map<string, Set<string>>;
let diedAtMs: Map<string, number>;

const uids = Array.from({ length: PLANES }, (_, index) => `plane-${index}`);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW_MS });
  apiAheadMs = () => 0;
  writerAheadMs = 0;
  readEveryMs = 5 * SECOND_MS;
  changesMore = false;
  wrong = new Set();
  incidents = 0;
  deadStates = new Map();
  diedAtMs = new Map();
  alive = new Set(uids);
  begin();
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

/** Starts the server. */
function begin(): void {
  clock = new ApiServerClock();
  readClock();
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: () => clock.nowMs(),
    clock,
    onStrangeTime: () => setTimeout(readClock, 30),
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => {} },
  });
  engine.sources.add({ plural: 'dataplanes' });
  engine.replaceKind(
    { plural: 'dataplanes' },
    uids.map((uid) => planeOf(uid, Date.now() - 20 * SECOND_MS)),
  );
  engine.sources.watching({ plural: 'dataplanes' });
  engine.subscribe(record);
  engine.start();
}

/** One response of the API server. */
function readClock(): void {
  const at = monotonicMs();
  clock.observe(new Date(Date.now() + apiAheadMs()).toUTCString(), at, at);
}

function planeOf(uid: string, heartbeatMs: number) {
  return aPlane({
    uid,
    name: uid,
    planeID: uid,
    ...(changesMore ? { description: `Reported at ${heartbeatMs}` } : {}),
    agent: {
      connected: true,
      connectedAgents: 1,
      lastConnectedTime: formatRfc3339(NOW_MS - 5 * HOUR_MS),
      lastHeartbeatTime: formatRfc3339(heartbeatMs),
    },
  });
}

function record({ upserts, incidents: all }: ChangeSet): void {
  incidents = Math.max(incidents, all?.length ?? 0);
  for (const { json } of upserts) {
    const { uid, health } = JSON.parse(json()) as { uid: string; health: { state: string } };
    if (alive.has(uid) && health.state !== 'healthy') wrong.add(`${uid} ${JSON.stringify(health)}`);
  }
}

/** Passes true time: planes report, responses arrive, and a reader looks once a step, which divides 10 s. */
async function pass(ms: number, stepMs = SECOND_MS): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    const second = Math.round((Date.now() - NOW_MS) / SECOND_MS);
    uids.forEach((uid, index) => {
      if (alive.has(uid) && (second + index * 10) % (PERIOD_MS / SECOND_MS) === 0)
        engine.set(planeOf(uid, Date.now() + writerAheadMs));
    });
    engine.sources.contact({ plural: 'dataplanes' });
    await vi.advanceTimersByTimeAsync(stepMs / 2);
    if (second % (readEveryMs / SECOND_MS) === 0) readClock();
    await vi.advanceTimersByTimeAsync(stepMs / 2);
    for (const { plane, health } of engine.records()) {
      const deadMs = Date.now() - (diedAtMs.get(plane.uid) ?? Date.now());
      if (alive.has(plane.uid) && health?.state !== 'healthy') wrong.add(`${plane.uid} ${health?.state}`);
      if (deadMs <= DEFAULT_LIMITS.heartbeatStaleMs + 10 * SECOND_MS) continue;
      const states = deadStates.get(plane.uid) ?? new Set();
      deadStates.set(plane.uid, states.add(health?.state ?? ''));
    }
    incidents = Math.max(incidents, engine.incidents.length);
  }
}

function die(...dead: string[]): void {
  for (const uid of dead) {
    alive.delete(uid);
    diedAtMs.set(uid, Date.now());
  }
}

const statesOf = (...names: string[]) =>
  names.map((name) => engine.find('DataPlane', 'acme', name)?.health?.state);

const titles = () => engine.controlPlane.findings.map(({ title }) => title);
const messages = () => engine.controlPlane.findings.map(({ message }) => message);
const consequences = () => engine.controlPlane.findings.map(({ consequence }) => consequence);

describe.each([HOUR_MS, -HOUR_MS])("when the API server's clock jumps by %d ms", (jumpMs) => {
  test('and the writers of heartbeats keep theirs, no living plane is affected and a dead one is stale', async () => {
    await pass(3 * MINUTE_MS);
    die('plane-0');
    await pass(MINUTE_MS);
    apiAheadMs = () => jumpMs;
    await pass(30 * SECOND_MS);
    expect(titles()).toEqual(["The API server's clock jumped by 1 h"]);
    die('plane-1');
    await pass(90 * MINUTE_MS, 10 * SECOND_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
    expect(deadStates).toEqual(
      new Map([
        ['plane-0', new Set(['stale'])],
        ['plane-1', new Set(['stale'])],
      ]),
    );
    // It's said for as long as it lasts.
    expect(titles()).toEqual(["The API server's clock jumped by 1 h"]);
    expect(consequences()).toEqual([
      'New heartbeats still follow the earlier clock, so ages are still measured on it.',
    ]);
  });

  test('and those of the writers with it, no living plane is affected and a dead one is stale', async () => {
    await pass(3 * MINUTE_MS);
    die('plane-0');
    await pass(MINUTE_MS);
    apiAheadMs = () => jumpMs;
    writerAheadMs = jumpMs;
    await pass(30 * SECOND_MS);
    expect(titles()).toEqual(["The API server's clock jumped by 1 h"]);
    expect(Math.abs(clock.nowMs() - (Date.now() + jumpMs))).toBeLessThan(2 * SECOND_MS);
    die('plane-1');
    await pass(5 * MINUTE_MS);
    expect(consequences()).toEqual([
      'New heartbeats follow it, so ages are measured on it. Earlier times are moved with it.',
    ]);
    await pass(90 * MINUTE_MS, 10 * SECOND_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
    expect(deadStates).toEqual(
      new Map([
        ['plane-0', new Set(['stale'])],
        ['plane-1', new Set(['stale'])],
      ]),
    );
    expect(titles()).toEqual([]);
  });

  test('and those of the writers with it, a report that changes more is not wrong for a moment either', async () => {
    changesMore = true;
    await pass(2 * MINUTE_MS);
    apiAheadMs = () => jumpMs;
    writerAheadMs = jumpMs;
    await pass(3 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
  });

  test('and those of the writers with it, a plane that only conditions report on stays healthy', async () => {
    const conditions = [{ type: 'Ready', status: 'True' as const }];
    engine.set(aPlane({ uid: 'called', connection: 'direct', reportsAgent: false, conditions }));
    const prove = () => {
      const provenAt = new Date(clock.nowMs() - 10 * SECOND_MS).toISOString();
      engine.setController({ lease: 'read', provenAt });
    };
    prove();
    alive.add('called');
    for (let round = 0; round < 30; round += 1) {
      if (round === 10) [apiAheadMs, writerAheadMs] = [() => jumpMs, jumpMs];
      await pass(10 * SECOND_MS);
      prove();
    }
    expect(Math.abs(clock.nowMs() - (Date.now() + jumpMs))).toBeLessThan(2 * SECOND_MS);
    expect([...wrong]).toEqual([]);
  });

  test('and the writers follow 10 min later, each clock counts while heartbeats follow it', async () => {
    await pass(3 * MINUTE_MS);
    apiAheadMs = () => jumpMs;
    await pass(10 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    writerAheadMs = jumpMs;
    await pass(3 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    await pass(30 * MINUTE_MS, 10 * SECOND_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
    expect(Math.abs(clock.nowMs() - (Date.now() + jumpMs))).toBeLessThan(2 * SECOND_MS);
  });

  test('and those of the writers with it, no duration crosses the jump', async () => {
    await pass(2 * MINUTE_MS);
    alive.add('created').add('deleting').add('edited').add('unready');
    const now = () => formatRfc3339(clock.nowMs());
    const createdAt = now();
    const { agent: _agent, ...created } = planeOf('created', 0);
    engine.set({ ...created, createdAt });
    engine.set({ ...planeOf('deleting', Date.now()), createdAt });
    engine.set({ ...planeOf('deleting', Date.now()), createdAt, deletingSince: createdAt });
    engine.set({ ...planeOf('edited', Date.now()), createdAt, generation: 1, observedGeneration: 1 });
    engine.set({ ...planeOf('edited', Date.now()), createdAt, generation: 2, observedGeneration: 1 });
    await pass(20 * SECOND_MS);
    const before = statesOf('created', 'deleting', 'edited');
    expect(before).toEqual(['pending', 'deleting', 'healthy']);
    [apiAheadMs, writerAheadMs] = [() => jumpMs, jumpMs];
    await pass(30 * SECOND_MS);
    expect(Math.abs(clock.nowMs() - (Date.now() + jumpMs))).toBeLessThan(2 * SECOND_MS);
    expect(statesOf('created', 'deleting', 'edited')).toEqual(before);
    // Each becomes late as if there had been no jump.
    await pass(100 * SECOND_MS);
    expect(statesOf('edited')).toEqual(['degraded']);
    await pass(3 * MINUTE_MS);
    expect(engine.find('DataPlane', 'acme', 'deleting')?.health?.reasons[0]?.code).toBe('deletion-slow');
    await pass(11 * MINUTE_MS, 10 * SECOND_MS);
    expect(engine.find('DataPlane', 'acme', 'created')?.health?.reasons[0]?.code).toBe('status-missing');
  });

  test('and back again, it is said before heartbeats show it', async () => {
    await pass(2 * MINUTE_MS);
    [apiAheadMs, writerAheadMs] = [() => jumpMs, jumpMs];
    await pass(3 * MINUTE_MS);
    expect(messages()).toEqual([expect.not.stringMatching(/set back since/)]);
    apiAheadMs = () => 0;
    await pass(10 * SECOND_MS);
    expect(messages()).toEqual([expect.stringMatching(/, and has been set back since\.$/)]);
    writerAheadMs = 0;
    await pass(5 * MINUTE_MS);
    expect(messages()).toEqual([]);
    expect([...wrong]).toEqual([]);
  });

  test('and the writers keep theirs, what is created and deleted on the new clock is judged by its age', async () => {
    await pass(2 * MINUTE_MS);
    apiAheadMs = () => jumpMs;
    const api = () => formatRfc3339(Date.now() + jumpMs);
    const { agent: _agent, ...created } = planeOf('created', 0);
    const createdAt = api();
    // Before any response shows the jump.
    engine.set({ ...created, createdAt });
    await pass(20 * SECOND_MS);
    expect(statesOf('created')).toEqual(['pending']);
    const deletingSince = api();
    engine.set({ ...planeOf('plane-0', Date.now()), deletingSince });
    alive.delete('plane-0');
    await pass(30 * SECOND_MS);
    expect(statesOf('created', 'plane-0')).toEqual(['pending', 'deleting']);
    await pass(5 * MINUTE_MS);
    expect(statesOf('created')).toEqual(['unknown']);
    expect(engine.find('DataPlane', 'acme', 'plane-0')?.health?.reasons[0]?.code).toBe('deletion-slow');
  });

  test('and back again, no plane is affected', async () => {
    await pass(3 * MINUTE_MS);
    apiAheadMs = () => jumpMs;
    await pass(4 * MINUTE_MS);
    apiAheadMs = () => 0;
    for (let second = 0; second < 70; second += 5) {
      await pass(5 * SECOND_MS);
      expect(titles().join()).not.toContain('differ');
    }
    expect(titles()).toEqual([]);
    await pass(9 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
    expect(titles()).toEqual([]);
  });

  test('at the moment when everything stops, all planes are stale in time, as one incident', async () => {
    await pass(3 * MINUTE_MS);
    apiAheadMs = () => jumpMs;
    die(...uids);
    await pass(9 * MINUTE_MS);
    expect(incidents).toBe(1);
    for (const states of deadStates.values()) expect([...states]).toEqual(['stale']);
    expect(deadStates.size).toBe(PLANES);
    // No heartbeat shows which clock is right, so the new one counts in the end. Times of before are moved with it.
    expect(consequences()).toEqual([
      'Ages are now measured on the new clock. Earlier times are moved with it.',
    ]);
    // Neither does one show when it's back, but the new clock is gone.
    apiAheadMs = () => 0;
    for (let minute = 0; minute < 8; minute += 1) {
      await pass(MINUTE_MS, 10 * SECOND_MS);
      expect(titles().join()).not.toContain('differ');
    }
    expect(titles()).toEqual([]);
    expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(2 * SECOND_MS);
    for (const states of deadStates.values()) expect([...states]).toEqual(['stale']);
  });
});

describe.each([HOUR_MS, -HOUR_MS])('when every other response has a clock that is %d ms ahead', (aheadMs) => {
  test('no living plane is affected, a dead one is stale, and both clocks are reported', async () => {
    let responses = 0;
    await pass(3 * MINUTE_MS);
    apiAheadMs = () => {
      responses += 1;
      return responses % 2 === 0 ? aheadMs : 0;
    };
    readEveryMs = SECOND_MS;
    await pass(MINUTE_MS);
    die('plane-3');
    await pass(20 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
    expect(deadStates.get('plane-3')).toEqual(new Set(['stale']));
    expect(titles()).toEqual(["The API server's clocks differ by 1 h"]);
    apiAheadMs = () => 0;
    await pass(2 * MINUTE_MS);
    expect(titles()).toEqual([]);
  });

  test('and it answered first, the clock that heartbeats follow counts once there are new ones', async () => {
    engine.stop();
    let responses = 0;
    apiAheadMs = () => {
      responses += 1;
      return responses % 2 === 1 ? aheadMs : 0;
    };
    readEveryMs = SECOND_MS;
    begin();
    await pass(90 * SECOND_MS);
    wrong.clear();
    incidents = 0;
    await pass(10 * MINUTE_MS);
    expect([...wrong]).toEqual([]);
    expect(incidents).toBe(0);
  });
});
