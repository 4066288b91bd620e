import { describe, expect, it } from 'vitest';
import type { Source } from '@/lib/api/fleet';
import type { WallFrame } from '@/lib/api/wall';
import { unseenKindsText } from '@/lib/plane/wall/statement';
import { WallStore } from './wall-store';

const START_MS = Date.parse('2026-11-20T12:00:00Z');
const time = (ms: number) => new Date(START_MS + ms).toISOString();

function frame(
  atMs: number,
  contactMs: number,
  installation: string,
  changes: Partial<WallFrame> = {},
): string {
  const wallFrame: WallFrame = {
    serverTime: time(atMs),
    epoch: 'e',
    build: 'b1',
    installation,
    apiServer: { state: 'reachable', lastContactAt: time(contactMs) },
    sources: [{ plural: 'dataplanes', state: 'live', lastContactAt: time(contactMs) }],
    incidents: [],
    controlPlane: [],
    planes: [],
    limits: { kinds: [], roles: [], namespaces: [] },
    outside: { alarms: 0, byState: 0 },
    ...changes,
  };
  return JSON.stringify(wallFrame);
}

function keepalive(atMs: number, contactMs: number, build = 'b1'): string {
  const { serverTime, apiServer, sources } = JSON.parse(frame(atMs, contactMs, '')) as WallFrame;
  return JSON.stringify({ serverTime, build, apiServer, sources });
}

/** A store on a clock that the test moves. The clock is an hour off the API server's. */
function storeAt() {
  const clock = { ms: 3_600_000 };
  return { clock, store: new WallStore(() => clock.ms, time(0), null) };
}

describe('WallStore', () => {
  it("knows the API server's time before the first frame", () => {
    const { clock, store } = storeAt();
    clock.ms += 5000;
    expect(store.nowMs()).toBe(START_MS + 5000);
  });
  it('ages on its own and is current again after a keep-alive', () => {
    const { clock, store } = storeAt();
    expect(store.apply('wall', frame(0, 0, 'one'))).toBe(true);
    clock.ms += 61_000;
    expect(store.age()).toMatchObject({ state: 'blind', side: 'server', never: false });
    expect(store.apply('keepalive', keepalive(61_000, 61_000, 'b2'))).toBe(true);
    expect(store.age().state).toBe('live');
    expect(store.state.build).toBe('b2');
  });
  it('keeps the last state while the API server is unreachable, and shows the newest one afterwards', () => {
    const { clock, store } = storeAt();
    store.apply('wall', frame(0, 0, 'seen'));
    clock.ms += 60_000;
    store.apply('wall', frame(60_000, 0, 'all unknown'));
    expect(store.state.frame?.installation).toBe('seen');
    clock.ms += 1000;
    store.apply('keepalive', keepalive(61_000, 61_000));
    expect(store.state.frame?.installation).toBe('all unknown');
  });
  it('hides a short restart of its server', () => {
    const { clock, store } = storeAt();
    const started = (atMs: number, state: 'connecting' | 'reachable') =>
      frame(atMs, atMs, 'starting', {
        epoch: 'restarted',
        apiServer: { state, lastContactAt: state === 'connecting' ? null : time(atMs) },
        sources:
          state === 'connecting' ? [] : [{ plural: 'dataplanes', state: 'syncing', lastContactAt: null }],
      });
    store.apply('wall', frame(0, 0, 'seen'));
    clock.ms += 10_000;
    store.apply('wall', started(10_000, 'connecting'));
    // The new server knows of no contact, but that must not make the data as old as the page.
    expect(store.age()).toMatchObject({ ageMs: 10_000, state: 'live' });
    store.apply('wall', started(10_000, 'reachable'));
    expect(store.state).toMatchObject({ frame: { installation: 'seen' }, sources: [{ state: 'live' }] });
    clock.ms += 5001;
    store.apply('wall', started(15_001, 'reachable'));
    expect(store.state).toMatchObject({
      frame: { installation: 'starting' },
      sources: [{ state: 'syncing' }],
    });
    store.apply('wall', frame(15_001, 15_001, 'read', { epoch: 'restarted' }));
    expect(store.state.frame?.installation).toBe('read');
  });
  it('stays current while a kind that was installed later is read for the first time', () => {
    const { store } = storeAt();
    const sources: Source[] = [
      { plural: 'dataplanes', state: 'live', lastContactAt: time(1000) },
      { plural: 'workflowplanes', state: 'syncing', lastContactAt: null },
    ];
    store.apply('wall', frame(0, 0, 'before'));
    store.apply('wall', frame(1000, 1000, 'an alarm', { sources }));
    expect(store.state.frame?.installation).toBe('an alarm');
    expect(unseenKindsText(store.state.sources)).toBe('Still loading workflow planes');
    store.apply('wall', frame(2000, 2000, 'read'));
    expect(unseenKindsText(store.state.sources)).toBeNull();
  });
  it('shows at once that all kinds were removed', () => {
    const { store } = storeAt();
    store.apply('wall', frame(0, 0, 'before'));
    const apiServer = { state: 'none-installed', lastContactAt: time(1000) } as const;
    store.apply('wall', frame(1000, 1000, 'after', { apiServer, sources: [] }));
    expect(store.state.frame?.apiServer.state).toBe('none-installed');
  });
  it('is never old on a quiet day, despite late frames and a slightly wrong clock', () => {
    const { clock, store } = storeAt();
    store.apply('wall', frame(0, 0, 'quiet'));
    const DAY_MS = 86_400_000;
    let oldestMs = 0;
    // The server sends a keep-alive every 5 s, with a contact up to 5 s ago; it arrives up to 2 s late.
    for (let atMs = 5000, round = 1; atMs <= DAY_MS; atMs += 5000, round += 1) {
      const arrivesMs = atMs + (round % 7) * 300;
      for (let tickMs = clock.ms + 1000; tickMs < 3_600_000 + arrivesMs * 1.0001; tickMs += 1000) {
        clock.ms = tickMs;
        oldestMs = Math.max(oldestMs, store.age().ageMs);
      }
      clock.ms = Math.max(clock.ms, 3_600_000 + arrivesMs * 1.0001);
      store.apply('keepalive', keepalive(atMs, atMs - (round % 5) * 1000));
      oldestMs = Math.max(oldestMs, store.age().ageMs);
    }
    expect(oldestMs).toBeLessThan(15_000);
    expect(oldestMs).toBeGreaterThan(5000);
    expect(Math.abs(store.nowMs() - (START_MS + DAY_MS))).toBeLessThan(3000);
  });
  it('drops its data when its link is revoked', () => {
    const { store } = storeAt();
    store.apply('wall', frame(0, 0, 'one'));
    store.refuse('revoked');
    expect(store.state).toMatchObject({ frame: null, refusal: 'revoked' });
    store.apply('wall', frame(0, 0, 'again'));
    expect(store.state).toMatchObject({ refusal: null, frame: { installation: 'again' } });
  });
  it('rejects invalid frames and keeps its data', () => {
    const { store } = storeAt();
    store.apply('wall', frame(0, 0, 'one'));
    for (const text of ['', '{}', '[]', frame(0, 0, 'x').replace('"planes":[]', '"planes":[{"uid":"u"}]')])
      expect(store.apply('wall', text)).toBe(false);
    expect(store.state.frame?.installation).toBe('one');
  });
});
