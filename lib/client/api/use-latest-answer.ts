import {
  type QueryClient,
  type QueryKey,
  type UseQueryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { queryProblem } from './query-client';

/** The newest response of a query that follows a version. */
export interface LatestAnswer<T> {
  /** Null until one could be read. */
  readonly latest: T | null;
  /** Why the last read failed, in a sentence; null if it succeeded, or none has ended. */
  readonly problem: string | null;
}

/**
 * Follows data that change with a version, such as a plane's resourceVersion. The query's key ends with the version,
 * so a new version starts a new request and drops the previous one.
 *
 * The newest response stays until there is a newer one. `placeholderData: keepPreviousData` can't do that: it ends
 * when reading fails for good, doesn't outlive the component, and lets a returning version bring back its old
 * response.
 */
export function useLatestAnswer<T, Key extends QueryKey>(
  options: UseQueryOptions<T, Error, T, Key>,
): LatestAnswer<T> {
  const client = useQueryClient();
  const { data, dataUpdatedAt, error, failureReason } = useQuery(options);
  const [last, setLast] = useState(() => newestAnswer<T>(client, options.queryKey.slice(0, -1)));
  let newest = last;
  if (data !== undefined && data !== last?.data && dataUpdatedAt >= (last?.atMs ?? 0)) {
    newest = { data, atMs: dataUpdatedAt };
    setLast(newest);
  }
  const [lastProblem, setLastProblem] = useState<string | null>(null);
  const problem = problemOf({ data, error, failureReason }, lastProblem);
  if (problem !== lastProblem) setLastProblem(problem);
  return { latest: newest?.data ?? null, problem };
}

/**
 * Returns why the last read failed; null if it didn't. While a new version is read for the first time, that's still the
 * previous version's.
 */
export function problemOf(
  query: {
    readonly data: unknown;
    readonly error: Error | null;
    readonly failureReason: Error | null;
  },
  previous: string | null,
): string | null {
  return queryProblem(query) ?? (query.data === undefined ? previous : null);
}

/** A response, and when it arrived, in milliseconds since the epoch on the browser's clock. */
interface Answer<T> {
  readonly data: T;
  readonly atMs: number;
}

/** Returns the newest of the cached responses whose keys begin with `keyStart`; undefined if there's none. */
export function newestAnswer<T>(client: QueryClient, keyStart: QueryKey): Answer<T> | undefined {
  let newest: Answer<T> | undefined;
  for (const { state } of client.getQueryCache().findAll({ queryKey: keyStart })) {
    if (state.data === undefined || state.dataUpdatedAt < (newest?.atMs ?? 0)) continue;
    newest = { data: state.data as T, atMs: state.dataUpdatedAt };
  }
  return newest;
}
