import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { FirstLists } from './first-lists';

let engine: FleetEngine;
let lists: FirstLists;

beforeEach(() => {
  vi.useFakeTimers();
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: Date.now,
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => {} },
  });
  lists = new FirstLists(engine);
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

/** Waits for a stream's start, at most as long as the engine needs to publish a change. */
async function isSettled(): Promise<boolean> {
  let settled = false;
  void lists.settled().then(() => {
    settled = true;
  });
  await vi.advanceTimersByTimeAsync(60);
  return settled;
}

function list(plural: string): void {
  engine.replaceKind({ plural }, []);
  engine.sources.watching({ plural });
}

test('streams wait until each kind is listed, and never again', async () => {
  expect(await isSettled()).toBe(false);
  engine.apiServer.contact();
  expect(await isSettled()).toBe(false);
  for (const plural of ['dataplanes', 'workflowplanes']) engine.sources.add({ plural });
  list('dataplanes');
  expect(await isSettled()).toBe(false);
  list('workflowplanes');
  expect(await isSettled()).toBe(true);
  engine.sources.add({ plural: 'observabilityplanes' });
  expect(await isSettled()).toBe(true);
});

test('streams wait for 8 s after the start', async () => {
  await vi.advanceTimersByTimeAsync(5000);
  expect(await isSettled()).toBe(false);
  await vi.advanceTimersByTimeAsync(2800);
  expect(await isSettled()).toBe(false);
  await vi.advanceTimersByTimeAsync(80);
  expect(await isSettled()).toBe(true);
});

test.each<[string, () => void]>([
  ["the API server can't be reached", () => engine.apiServer.failed(false, 'It is away.')],
  ['the API server rejects the credentials', () => engine.apiServer.failed(true, 'They have expired.')],
  [
    'no kind is installed',
    () => {
      engine.apiServer.contact();
      engine.apiServer.installed(false);
    },
  ],
  [
    "a kind can't be listed",
    () => {
      engine.apiServer.contact();
      for (const plural of ['dataplanes', 'workflowplanes']) engine.sources.add({ plural });
      list('dataplanes');
      engine.sources.failed({ plural: 'workflowplanes' }, false, 'The list fails.');
    },
  ],
])("streams don't wait when %s", async (_, happen) => {
  happen();
  expect(await isSettled()).toBe(true);
});

test('streams stop waiting once a kind is found not to be listable', async () => {
  engine.apiServer.contact();
  engine.sources.add({ plural: 'dataplanes' });
  expect(await isSettled()).toBe(false);
  engine.sources.failed({ plural: 'dataplanes' }, false, 'The list fails.');
  expect(await isSettled()).toBe(true);
});
