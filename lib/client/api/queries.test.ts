import { QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import type { PlaneDetail } from '@/lib/api/fleet';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { planeDetailKey, planeDetailQuery, planeVersionQuery } from './queries';
import { createQueryClient } from './query-client';
import { newestAnswer } from './use-latest-answer';

afterEach(() => vi.unstubAllGlobals());

function detailOf(resourceVersion: string, uid = 'uid-prod'): PlaneDetail {
  return {
    serverTime: ago(0),
    plane: {
      ...aPlane({ resourceVersion, uid }),
      facts: NO_FACTS,
      health: { state: 'healthy', reasons: [] },
    },
    annotations: {},
    hiddenAnnotations: [],
    finalizers: [],
    spec: {},
    masked: [],
    yaml: '',
    manifest: '',
    manifestSecrets: 0,
    defaults: [],
  };
}

/** Answers every request with the plane at the given version, and counts the requests. */
function serve(resourceVersion: () => string) {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) =>
    Response.json(detailOf(resourceVersion())),
  );
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const at = (resourceVersion: string) => planeVersionQuery(aPlane({ resourceVersion }));

test('fetches each version once', async () => {
  const client = createQueryClient();
  let version = '1';
  const fetch = serve(() => version);
  await client.fetchQuery(at('1'));
  await client.fetchQuery(at('1'));
  expect(fetch).toHaveBeenCalledTimes(1);
  version = '2';
  expect((await client.fetchQuery(at('2'))).plane.resourceVersion).toBe('2');
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('fetches once if the API server is ahead of the feed', async () => {
  const client = createQueryClient();
  const fetch = serve(() => '3');
  await client.fetchQuery(at('2'));
  // The feed now reports the version that was already read.
  expect((await client.fetchQuery(at('3'))).plane.resourceVersion).toBe('3');
  expect(fetch).toHaveBeenCalledTimes(1);
});

test('reuses the version of a plane that was read by name', async () => {
  const client = createQueryClient();
  const fetch = serve(() => '7');
  await client.fetchQuery({ ...planeDetailQuery(aPlane()), staleTime: 0 });
  await client.fetchQuery({ ...planeDetailQuery(aPlane()), staleTime: 0 });
  await client.fetchQuery(at('7'));
  expect(fetch).toHaveBeenCalledTimes(2);
});

test('distinguishes planes of the same name', () => {
  const [first, second] = [aPlane({ uid: 'first' }), aPlane({ uid: 'second' })];
  expect(planeVersionQuery(first).queryKey).not.toEqual(planeVersionQuery(second).queryKey);
  for (const plane of [first, second])
    expect(planeVersionQuery(plane).queryKey.slice(0, 2)).toEqual(planeDetailKey(aPlane()));
});

test('reads the shown versions again after a write', async () => {
  const client = createQueryClient();
  const fetch = serve(() => '1');
  const observer = new QueryObserver(client, at('1'));
  const stop = observer.subscribe(() => {});
  await vi.waitFor(() => expect(observer.getCurrentResult().isSuccess).toBe(true));
  await client.invalidateQueries({ queryKey: planeDetailKey(aPlane()) });
  expect(fetch).toHaveBeenCalledTimes(2);
  stop();
});

test('aborts the request for a version that is no longer needed', async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  vi.stubGlobal('fetch', (_path: string, { signal }: RequestInit) => {
    signals.push(signal);
    return new Promise<Response>(() => {});
  });
  const observer = new QueryObserver(createQueryClient(), at('1'));
  const stop = observer.subscribe(() => {});
  observer.setOptions(at('2'));
  await vi.waitFor(() => expect(signals.map((signal) => signal?.aborted)).toEqual([true, false]));
  stop();
});

test('finds the newest response of all versions', () => {
  const client = createQueryClient();
  expect(newestAnswer(client, ['plane', 'a'])).toBeUndefined();
  client.setQueryData(['plane', 'a', '9'], 'newest', { updatedAt: 3 });
  client.setQueryData(['plane', 'a', '10'], 'older', { updatedAt: 2 });
  client.setQueryData(['plane', 'b', '1'], "another plane's", { updatedAt: 4 });
  expect(newestAnswer(client, ['plane', 'a'])).toEqual({ data: 'newest', atMs: 3 });
});
