import { notifyManager, QueryClient } from '@tanstack/react-query';
import { isWorthRetrying, retryDelayMs } from './api-request';

/** A write that nobody waits for any more may have held a private key: the cache forgets it within a second of its end. */
const MUTATION_CACHE_MS = 1000;

/**
 * The cache of a page's queries and mutations, with the rules that hold for all of them:
 * - Requests go out although the browser says that it is offline: the server is often on loopback or an internal network.
 * - A query is retried until it succeeds, at growing intervals, unless the answer is a refusal (`isWorthRetrying`).
 * - A mutation is never retried: after a lost answer nobody knows whether it was written, and a person decides (decision 010).
 *
 * A query is stale at once, as in the library. One whose answer holds longer says so with its `staleTime`.
 */
export function createQueryClient(): QueryClient {
  // By default components hear of a change one timer later, and a double click would find the button still enabled.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (_failures, error) => isWorthRetrying(error),
        retryDelay: retryDelayMs,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: 'always', retry: false, gcTime: MUTATION_CACHE_MS },
    },
  });
}

/**
 * The `retry` of a query whose failure a person is told soon.
 *
 * @param times after so many retries it has failed; a refusal is never retried
 */
export function retryAtMost(times: number): (failures: number, error: Error) => boolean {
  return (failures, error) => failures < times && isWorthRetrying(error);
}

/** Why a query's newest answer is missing, in a sentence; null: it isn't, or is being read for the first time. */
export function queryProblem({
  failureReason,
  error,
}: {
  /** Between two attempts it has failed already, though the query doesn't call that an error yet. */
  readonly failureReason: Error | null;
  readonly error: Error | null;
}): string | null {
  return (failureReason ?? error)?.message ?? null;
}

const keys = new WeakMap<object, number>();
let lastKey = 0;

/**
 * A number that stands for an object in a query's key: the same for the same object, and for no other. For what must not
 * appear in a key because it holds secrets (keys show up in tools), or is large. The object must never be changed in place.
 */
export function objectKey(object: object): number {
  let key = keys.get(object);
  if (key === undefined) {
    lastKey += 1;
    key = lastKey;
    keys.set(object, key);
  }
  return key;
}
