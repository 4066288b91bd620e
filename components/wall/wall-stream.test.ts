import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeEventSource } from '@/testing/client/fake-event-source';
import { wallStream } from './wall-stream';

/** All calls to the wall's handlers, in order. */
let handlerCalls: string[];
const answer = (body: string, status = 200) => Promise.resolve(new Response(body, { status }));
const fetched = vi.fn<(url: string) => Promise<Response>>();

function aWall() {
  return wallStream('?role=data', {
    onFrame: (event, text) => {
      handlerCalls.push(`${event} ${text}`);
      return true;
    },
    onLost: () => handlerCalls.push('lost'),
    onRefused: (refusal) => handlerCalls.push(`refused: ${refusal}`),
    onDelivery: (delivery) => handlerCalls.push(delivery),
  });
}

beforeEach(() => {
  handlerCalls = [];
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

test('a wall without a stream fetches its data to learn why', async () => {
  fetched.mockImplementation(() => answer('{"code":"unauthenticated"}', 401));
  aWall().connect();
  expect(FakeEventSource.newest().url).toBe('/wall/stream?role=data');
  FakeEventSource.newest().fail();
  await vi.advanceTimersByTimeAsync(0);
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/wall/data?role=data']);
  expect(handlerCalls).toEqual(['lost', 'refused: no-token']);
});

test('a wall whose link is revoked says so at once, and recovers with a new link', async () => {
  fetched.mockImplementation(() => answer('{"planes":[]}'));
  aWall().connect();
  FakeEventSource.newest().send('wall', '{}');
  FakeEventSource.newest().send('revoked', '{}');
  expect(handlerCalls).toEqual(['wall {}', 'refused: revoked']);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(handlerCalls.slice(2)).toEqual(['wall {"planes":[]}']);
  await vi.advanceTimersByTimeAsync(250);
  expect(FakeEventSource.all).toHaveLength(2);
});

test.each([
  ['a failing server', 503, '{"code":"api-server-unreachable"}'],
  ["a proxy's error page", 502, '<html>'],
])("%s isn't a refusal", async (_, status, body) => {
  fetched.mockImplementation(() => answer(body, status));
  aWall().connect();
  FakeEventSource.newest().fail();
  await vi.advanceTimersByTimeAsync(250);
  expect(handlerCalls).toEqual(['lost']);
  expect(FakeEventSource.all).toHaveLength(2);
});
