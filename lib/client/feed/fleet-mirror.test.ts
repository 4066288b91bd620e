import { describe, expect, test } from 'vitest';
import type { FleetPlane, FleetSnapshot } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/health/health-facts';
import { aPlane } from '@/testing/plane/plane-fixture';
import type { RawFrame } from './feed-frame';
import { FleetMirror } from './fleet-mirror';

const SERVER_START_MS = Date.parse('2026-03-10T12:00:00.000Z');

const plane = (uid: string): FleetPlane => ({
  ...aPlane({ uid }),
  facts: NO_FACTS,
  health: { state: 'healthy', reasons: [] },
});

function snapshot(revision: number, planes: FleetPlane[]): RawFrame {
  const data: FleetSnapshot = {
    serverTime: new Date(SERVER_START_MS).toISOString(),
    revision,
    epoch: 'epoch',
    installation: 'test',
    limits: DEFAULT_LIMITS,
    apiServer: { state: 'reachable', lastContactAt: null },
    sources: [],
    incidents: [],
    controlPlane: { findings: [] },
    planes,
  };
  return { event: 'snapshot', id: `epoch:${revision}`, text: JSON.stringify(data) };
}

function changes(revision: number, upserts: unknown[]): RawFrame {
  const serverTime = new Date(SERVER_START_MS + 1000).toISOString();
  return {
    event: 'changes',
    id: `epoch:${revision}`,
    text: JSON.stringify({ serverTime, revision, upserts, deletes: [] }),
  };
}

describe('FleetMirror', () => {
  test('passes its whole state to a later mirror', () => {
    const mirror = new FleetMirror();
    expect(mirror.snapshotFrames()).toEqual([]);
    mirror.apply(snapshot(1, [plane('a')]), 100);
    mirror.apply(changes(2, [plane('b')]), 1100);
    const frames = mirror.snapshotFrames();

    const later = new FleetMirror();
    for (const frame of frames) expect(later.apply(frame, 1100)).toBe(true);
    expect(later.state).toMatchObject({ epoch: 'epoch', revision: 2, installation: 'test' });
    expect([...later.state.planes.keys()]).toEqual(['a', 'b']);
    expect(later.clock.offsetMs).toBe(mirror.clock.offsetMs);
    // From here on, it continues like the first mirror.
    later.apply(changes(3, [plane('c')]), 1200);
    expect(later.state.planes.has('c')).toBe(true);
  });

  test.each([
    ['invalid JSON', '{'],
    ['another shape', '{"serverTime":"2026-03-10T12:00:01.000Z","revision":2,"planes":[]}'],
    [
      'a plane without an identity',
      JSON.stringify({ serverTime: '', revision: 2, upserts: [{}], deletes: [] }),
    ],
  ])('is lost after a frame with %s until the next snapshot', (_, text) => {
    const mirror = new FleetMirror();
    mirror.apply(snapshot(1, [plane('a')]), 0);
    expect(mirror.apply({ event: 'changes', id: 'epoch:2', text }, 10)).toBe(false);
    expect(mirror.state.status).toBe('lost');
    // Later changes build on the missed ones.
    expect(mirror.apply(changes(3, [plane('b')]), 20)).toBe(true);
    expect(mirror.state.status).toBe('lost');
    expect(mirror.state.planes.has('b')).toBe(false);
    mirror.apply(snapshot(3, [plane('a'), plane('b')]), 30);
    expect(mirror.state).toMatchObject({ status: 'live', revision: 3 });
  });

  test('keeps its state while it is lost', () => {
    const mirror = new FleetMirror();
    mirror.apply(snapshot(1, [plane('a')]), 0);
    mirror.lose();
    expect(mirror.state.status).toBe('lost');
    expect(mirror.state.planes.has('a')).toBe(true);
    expect(mirror.state.lastFrameAtMs).toBe(0);
  });

  test('keeps the refusal of the server until the next frame', () => {
    const mirror = new FleetMirror();
    mirror.apply(snapshot(1, [plane('a')]), 0);
    mirror.refuse('Too many browsers receive live updates.');
    expect(mirror.state).toMatchObject({
      status: 'lost',
      refusal: 'Too many browsers receive live updates.',
    });
    mirror.apply(changes(2, []), 1000);
    expect(mirror.state).toMatchObject({ status: 'live', refusal: null });
  });

  test('keeps how frames arrive across frames and losses', () => {
    const mirror = new FleetMirror();
    mirror.setDelivery('polling');
    mirror.apply(snapshot(1, [plane('a')]), 0);
    mirror.lose();
    mirror.apply(changes(2, []), 1000);
    expect(mirror.state.delivery).toBe('polling');
  });
});

describe('a snapshot in parts', () => {
  const planes = Array.from({ length: 1001 }, (_, index) => plane(`p${index}`));
  const parts = () => {
    const mirror = new FleetMirror();
    mirror.apply(snapshot(5, planes), 100);
    return mirror.snapshotFrames();
  };

  test('counts once its last part is there', () => {
    const [first, second, third] = parts();
    if (!first || !second || !third) throw new Error('Three parts were expected.');
    const mirror = new FleetMirror();
    expect([first, second].map((part) => mirror.apply(part, 100))).toEqual([true, true]);
    expect(mirror.state).toMatchObject({ status: 'connecting', epoch: null });
    expect(mirror.pendingFrames).toEqual([first, second]);
    expect(mirror.apply(third, 100)).toBe(true);
    expect(mirror.state).toMatchObject({ status: 'live', epoch: 'epoch', revision: 5 });
    expect([...mirror.state.planes.keys()]).toEqual(planes.map(({ uid }) => uid));
    expect(mirror.pendingFrames).toEqual([]);
  });

  test('begins again with a first part, and ends with any other frame', () => {
    const frames = parts();
    const [first] = frames;
    if (!first) throw new Error('A part was expected.');
    const mirror = new FleetMirror();
    mirror.apply(first, 100);
    for (const frame of frames) expect(mirror.apply(frame, 100)).toBe(true);
    expect(mirror.state.planes.size).toBe(1001);
    mirror.apply(first, 100);
    mirror.apply(changes(6, [plane('new')]), 100);
    expect(mirror.pendingFrames).toEqual([]);
    expect(mirror.state.planes.size).toBe(1002);
  });

  test('without one of its parts is unusable', () => {
    const [first, , third] = parts();
    if (!first || !third) throw new Error('Three parts were expected.');
    const mirror = new FleetMirror();
    expect(mirror.apply(third, 100)).toBe(false);
    mirror.apply(first, 100);
    expect(mirror.apply(third, 100)).toBe(false);
    expect(mirror.apply(changes(6, [plane('new')]), 100)).toBe(true);
    expect(mirror.state.planes.size).toBe(0);
  });
});
