import { describe, expect, test } from 'vitest';
import type { FleetPlane, FleetSnapshot, Source } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/health/health-facts';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { HOUR_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { aPlane } from '@/testing/plane/plane-fixture';
import { DerivedFleet } from './derived-fleet';
import type { RawFrame } from './feed-frame';
import { FleetMirror } from './fleet-mirror';

const START_MS = Date.parse('2026-03-10T12:00:00.000Z');
const time = (ms: number) => new Date(ms).toISOString();
const sources = (nowMs: number): Source[] => [
  { plural: 'dataplanes', state: 'live', lastContactAt: time(nowMs - SECOND_MS) },
];

function plane(uid: string, heartbeatMs: number): FleetPlane {
  const agent = { connected: true, connectedAgents: 1, lastHeartbeatTime: formatRfc3339(heartbeatMs) };
  return { ...aPlane({ uid, agent }), facts: NO_FACTS, health: { state: 'healthy', reasons: [] } };
}

function snapshot(planes: FleetPlane[]): RawFrame {
  const data: FleetSnapshot = {
    serverTime: time(START_MS),
    revision: 1,
    epoch: 'epoch',
    installation: 'test',
    limits: DEFAULT_LIMITS,
    apiServer: { state: 'reachable', lastContactAt: time(START_MS) },
    sources: sources(START_MS),
    incidents: [],
    controlPlane: { findings: [] },
    planes,
  };
  return { event: 'snapshot', id: 'epoch:1', text: JSON.stringify(data) };
}

/** The frame of a server that follows a jump of its API server's clock: every time moves with the clock. */
function followed(jumpMs: number): RawFrame {
  const nowMs = START_MS + 5 * SECOND_MS + jumpMs;
  const heartbeats = [
    ['alive', formatRfc3339(START_MS - 20 * SECOND_MS + jumpMs), '1'],
    ['dead', formatRfc3339(START_MS - 900 * SECOND_MS + jumpMs), '1'],
  ];
  const data = {
    serverTime: time(nowMs),
    revision: 2,
    upserts: [],
    deletes: [],
    heartbeats,
    sources: sources(nowMs),
  };
  return { event: 'changes', id: 'epoch:2', text: JSON.stringify(data) };
}

describe.each([HOUR_MS, -HOUR_MS])('a jump of %d ms that the server follows', (jumpMs) => {
  test('changes no state in the browser, neither at once nor later', () => {
    const mirror = new FleetMirror();
    const derived = new DerivedFleet();
    let monotonicMs = 1000;
    const states = () => ['alive', 'dead'].map((uid) => derived.row(uid)?.health.state);
    const apply = (frame: RawFrame) => {
      mirror.apply(frame, monotonicMs);
      const { planes, incidents, changedUids, sources: known } = mirror.state;
      const nowMs = monotonicMs + (mirror.clock.offsetMs ?? 0);
      const input = { planes, sources: known, incidents, limits: DEFAULT_LIMITS, serverContactAtMs: nowMs };
      derived.update(input, changedUids, nowMs);
      derived.tick(nowMs);
    };
    apply(snapshot([plane('alive', START_MS - 20 * SECOND_MS), plane('dead', START_MS - 900 * SECOND_MS)]));
    expect(states()).toEqual(['healthy', 'stale']);
    monotonicMs += 5 * SECOND_MS;
    apply(followed(jumpMs));
    expect(states()).toEqual(['healthy', 'stale']);
    for (let second = 0; second < 50; second += 1) {
      monotonicMs += SECOND_MS;
      derived.tick(monotonicMs + (mirror.clock.offsetMs ?? 0));
      expect(states()).toEqual(['healthy', 'stale']);
    }
  });
});
