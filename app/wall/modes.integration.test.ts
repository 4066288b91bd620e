import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';
import { wallFrameSchema, wallTokensSchema } from '@/lib/api/wall';
import type { WallMode } from '@/lib/server/config/config';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { wallAccess } from '@/lib/server/wall/wall-access';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { SseReader } from '@/testing/server/sse-reader';
import { planesOf, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

process.env.PLANEBOARD_WALL = 'open';
const { processSlot } = await import('@/lib/server/process/process-slot');
const { GET: list, POST: createToken } = await import('@/app/api/wall-tokens/route');
const { GET: data } = await import('@/app/wall/data/route');
const { GET: enter } = await import('@/app/wall/enter/route');
const { GET: stream, HEAD: streamHead } = await import('@/app/wall/stream/route');

let demo: BareControlPlane;
const runtimes = new Map<WallMode, Runtime>();
/** The mode whose runtime the routes use. */
let current: WallMode = 'open';

beforeAll(async () => {
  demo = await sharedControlPlane();
  await new DataPlaneWriter(demo.controlPlane.client).create('prod');
  for (const mode of ['open', 'off'] as const)
    runtimes.set(mode, startRuntime(demo.controlPlane.kubeconfigPath, {}, mode));
  processSlot(
    'runtime',
    () => new Proxy({} as Runtime, { get: (_, name) => Reflect.get(runtimeOf(current), name) }),
  );
  for (const runtime of runtimes.values()) {
    await untilLive(runtime);
    await until(runtime, () => planesOf(runtime).length === 1);
  }
});
afterAll(async () => {
  for (const runtime of runtimes.values()) await runtime.stop();
  await demo?.stop();
});

function runtimeOf(mode: WallMode): Runtime {
  const runtime = runtimes.get(mode);
  if (!runtime) throw new Error(`No runtime is ${mode}.`);
  return runtime;
}

const ask = (path: string) => new Request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } });

test('an open wall needs no link', async () => {
  current = 'open';
  const answer = await data(ask('/wall/data?role=data'));
  expect(wallFrameSchema.parse(await answer.json()).planes.map(({ name }) => name)).toEqual(['prod']);
  expect(answer.headers.get('set-cookie')).toBeNull();
  const { body } = await stream(ask('/wall/stream?role=build'));
  if (!body) throw new Error('The stream has no body.');
  const reader = new SseReader(body);
  expect(wallFrameSchema.parse(JSON.parse((await reader.nextOf('wall')).data)).planes).toEqual([]);
  await reader.cancel();
  expect((await streamHead(ask('/wall/stream'))).status).toBe(200);
});

test('an open wall limits the number of different views', async () => {
  current = 'open';
  const opened: ReadableStream<Uint8Array>[] = [];
  const open = async (query: string) => {
    const { status, body } = await stream(ask(`/wall/stream?${query}`));
    if (status === 200 && body) opened.push(body);
    return status;
  };
  for (let index = 0; index < 50; index += 1) expect(await open(`namespace=n${index}`)).toBe(200);
  expect(await open('namespace=one-more')).toBe(503);
  // Otherwise a refused screen would poll.
  expect((await data(ask('/wall/data?namespace=one-more'))).status).toBe(503);
  expect((await data(ask('/wall/data?namespace=n7'))).status).toBe(200);
  // A view that is already open costs nothing more.
  expect(await open('namespace=n7')).toBe(200);
  for (const body of opened) await body.cancel();
  expect(runtimeOf('open').wall.hub.readerCount).toBe(0);
  expect(await open('namespace=one-more')).toBe(200);
  await opened.at(-1)?.cancel();
});

test('an open wall creates no links', async () => {
  const body = JSON.stringify({ title: 'x', limits: { kinds: [], roles: [], namespaces: [] } });
  const headers = { host: '127.0.0.1', 'content-type': 'application/json' };
  const answer = await createToken(
    new Request('http://127.0.0.1/api/wall-tokens', { method: 'POST', headers, body }),
  );
  expect(problemSchema.parse(await answer.json()).code).toBe('bad-request');
  expect(wallTokensSchema.parse(await (await list(ask('/api/wall-tokens'))).json())).toEqual({
    mode: 'open',
    lifeDays: 180,
    state: 'listed',
    mayChange: false,
    missingRight: null,
    tokens: [],
  });
});

test('a wall that is off answers 404', async () => {
  current = 'off';
  for (const route of [data, stream, streamHead, enter]) {
    const answer = await route(ask(`/wall/enter?token=${'A'.repeat(43)}`));
    expect(answer.status).toBe(404);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(problemSchema.parse(await answer.json()).code).toBe('not-found');
  }
  expect(await wallAccess(new Headers())).toEqual({ state: 'off' });
});
