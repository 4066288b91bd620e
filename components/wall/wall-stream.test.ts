import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeEventSource } from '@/testing/client/fake-event-source';
import { wallStream } from './wall-stream';

/** Everything that the wall was told, in its order. */
let told: string[];
const answer = (body: string, status = 200) => Promise.resolve(new Response(body, { status }));
const fetched = vi.fn<(url: string) => Promise<Response>>();

function aWall() {
  return wallStream('?role=data', {
    onFrame: (event, text) => {
      told.push(`${event} ${text}`);
      return true;
    },
    onLost: () => told.push('lost'),
    onRefused: (refusal) => told.push(`refused: ${refusal}`),
  });
}

beforeEach(() => {
  told = [];
  FakeEventSource.all = [];
  fetched.mockReset();
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a wall asks its data why it got no stream', async () => {
  fetched.mockImplementation(() => answer('{"code":"unauthenticated"}', 401));
  aWall().connect();
  expect(FakeEventSource.newest().url).toBe('/wall/stream?role=data');
  FakeEventSource.newest().fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/wall/data?role=data']);
  expect(told).toEqual(['lost', 'refused: no-token']);
});

test('a wall whose link is revoked says so at once, and comes back with a new one', async () => {
  fetched.mockImplementation(() => answer('{"planes":[]}'));
  aWall().connect();
  FakeEventSource.newest().send('wall', '{}');
  FakeEventSource.newest().send('revoked', '{}');
  expect(told).toEqual(['wall {}', 'refused: revoked']);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(told.slice(2)).toEqual(['wall {"planes":[]}']);
  await vi.advanceTimersByTimeAsync(250);
  expect(FakeEventSource.all).toHaveLength(2);
});

test.each([
  ['a server that fails', 503, '{"code":"api-server-unreachable"}'],
  ["a proxy's own page", 502, '<html>'],
])('%s is no refusal', async (_, status, body) => {
  fetched.mockImplementation(() => answer(body, status));
  aWall().connect();
  FakeEventSource.newest().fail();
  await vi.advanceTimersByTimeAsync(250);
  expect(told).toEqual(['lost']);
  expect(FakeEventSource.all).toHaveLength(2);
});
