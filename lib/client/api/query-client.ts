import { notifyManager, QueryClient } from '@tanstack/react-query';
import { isWorthRetrying, retryDelayMs } from './api-request';

/**
 * A mutation whose component was unmounted may have held a private key, so the cache forgets it within a second of its end.
 */
const MUTATION_CACHE_MS = 1000;

/**
 * Creates the cache of a page's queries and mutations, with the rules for all of them:
 * - Requests go out even if the browser reports that it's offline: the server is often on loopback or an internal
 *   network.
 * - A query is retried until it succeeds, at growing intervals, unless the response is a refusal (`isWorthRetrying`).
 * - A mutation is never retried: without a response it isn't known whether it was applied, and a person decides
 *   (decision 010).
 *
 * A query is stale at once, as in the library. A query whose response stays valid longer sets its `staleTime`.
 */
export function createQueryClient(): QueryClient {
  // By default components learn of a change one timer later, and a double click would find the button still enabled.
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
 * Returns the `retry` of a query whose failure a person should see soon.
 *
 * @param times the number of retries before the query fails; a refusal is never retried
 */
export function retryAtMost(times: number): (failures: number, error: Error) => boolean {
  return (failures, error) => failures < times && isWorthRetrying(error);
}

/** Returns why a query's last read failed, in a sentence; null if it didn't, or if this is the first read. */
export function queryProblem({
  failureReason,
  error,
}: {
  /** Set between two attempts, when the last one failed but the query isn't in the error state yet. */
  readonly failureReason: Error | null;
  readonly error: Error | null;
}): string | null {
  return (failureReason ?? error)?.message ?? null;
}

const keys = new WeakMap<object, number>();
let lastKey = 0;

/**
 * Returns a number that identifies an object in a query's key: always the same for this object, and never used for
 * another. For objects that must not appear in a key because they hold secrets (tools show keys) or are large. The
 * object must never be changed in place.
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
