import { describe, expect, it } from 'vitest';
import type { WallFrame } from '@/lib/api/wall';
import { WallStore } from './wall-store';

const START_MS = Date.parse('2026-11-20T12:00:00Z');
const time = (ms: number) => new Date(START_MS + ms).toISOString();

function frame(atMs: number, contactMs: number, installation: string): string {
  const made: WallFrame = {
    serverTime: time(atMs),
    epoch: 'e',
    build: 'b1',
    installation,
    apiServer: { state: 'reachable', lastContactAt: time(contactMs) },
    sources: [],
    incidents: [],
    planes: [],
  };
  return JSON.stringify(made);
}

function keepalive(atMs: number, contactMs: number, build = 'b1'): string {
  const { serverTime, apiServer, sources } = JSON.parse(frame(atMs, contactMs, '')) as WallFrame;
  return JSON.stringify({ serverTime, build, apiServer, sources });
}

/** A store on a clock that the test moves; it is an hour off the API server's. */
function storeAt() {
  const clock = { ms: 3_600_000 };
  return { clock, store: new WallStore(() => clock.ms, time(0), null) };
}

describe('what a wall knows', () => {
  it('tells the time of the API server before anything was heard', () => {
    const { clock, store } = storeAt();
    clock.ms += 5000;
    expect(store.nowMs()).toBe(START_MS + 5000);
  });
  it('grows older by itself, and is current again with a keep-alive', () => {
    const { clock, store } = storeAt();
    expect(store.apply('wall', frame(0, 0, 'one'))).toBe(true);
    clock.ms += 61_000;
    expect(store.age()).toMatchObject({ state: 'blind', side: 'server', never: false });
    expect(store.apply('keepalive', keepalive(61_000, 61_000, 'b2'))).toBe(true);
    expect(store.age().state).toBe('live');
    expect(store.state.build).toBe('b2');
  });
  it('keeps the last state that was seen while the API server is away, and takes the newest when it is back', () => {
    const { clock, store } = storeAt();
    store.apply('wall', frame(0, 0, 'seen'));
    clock.ms += 60_000;
    store.apply('wall', frame(60_000, 0, 'all unknown'));
    expect(store.state.frame?.installation).toBe('seen');
    clock.ms += 1000;
    store.apply('keepalive', keepalive(61_000, 61_000));
    expect(store.state.frame?.installation).toBe('all unknown');
  });
  it('shows nothing of what it knew once its link is revoked', () => {
    const { store } = storeAt();
    store.apply('wall', frame(0, 0, 'one'));
    store.refuse('revoked');
    expect(store.state).toMatchObject({ frame: null, refusal: 'revoked' });
    store.apply('wall', frame(0, 0, 'again'));
    expect(store.state).toMatchObject({ refusal: null, frame: { installation: 'again' } });
  });
  it('refuses what is no frame of this contract, and keeps what it has', () => {
    const { store } = storeAt();
    store.apply('wall', frame(0, 0, 'one'));
    for (const text of ['', '{}', '[]', frame(0, 0, 'x').replace('"planes":[]', '"planes":[{"uid":"u"}]')])
      expect(store.apply('wall', text)).toBe(false);
    expect(store.state.frame?.installation).toBe('one');
  });
});
