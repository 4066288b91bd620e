import { afterEach, expect, test, vi } from 'vitest';
import { parseEvents, probeStream } from './stream-probe';

const NAMES = ['snapshot', 'keepalive'] as const;
const signal = new AbortController().signal;

function answer(body: string, status = 200) {
  const fetched = vi
    .fn<(url: string) => Promise<Response>>()
    .mockResolvedValue(new Response(body, { status }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

test('events are read with the last id before them, and without unknown ones', () => {
  const text =
    'retry: 1000\n\nevent: snapshot\nid: e:1\ndata: {"a": ": b"}\n\nevent: other\ndata: x\n\nevent: keepalive\ndata: {}\n\n';
  expect(parseEvents(text, NAMES)).toEqual([
    { event: 'snapshot', id: 'e:1', text: '{"a": ": b"}' },
    { event: 'keepalive', id: 'e:1', text: '{}' },
  ]);
});

test.each([
  ['/stream', '/stream?once=true'],
  ['/stream?since=e:1', '/stream?since=e:1&once=true'],
])('a probe of %s requests a stream that ends', async (url, requested) => {
  const fetched = answer('event: keepalive\ndata: {}\n\n');
  expect(await probeStream(url, NAMES, signal)).toEqual({
    events: [{ event: 'keepalive', id: '', text: '{}' }],
  });
  expect(fetched.mock.calls.map(([address]) => address)).toEqual([requested]);
});

test('a probe reports that there are too many readers', async () => {
  answer('{"code":"too-many-readers","detail":"Too many browsers."}', 503);
  expect(await probeStream('/stream', NAMES, signal)).toEqual({ refusal: 'Too many browsers.' });
});

test.each([
  ['another problem', '{"code":"internal"}', 500],
  ['a stream that was cut short', 'retry: 1000\n\nevent: snapshot\ndata: {"pla', 200],
  ['an empty answer', '', 200],
])('a probe learns nothing from %s', async (_, body, status) => {
  answer(body, status);
  const result = await probeStream('/stream', ['keepalive'], signal);
  expect(result).toBeNull();
});

test("a probe rejects a proxy's page", async () => {
  answer('<html>', 502);
  await expect(probeStream('/stream', NAMES, signal)).rejects.toThrow();
});
