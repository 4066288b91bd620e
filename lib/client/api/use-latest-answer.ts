import {
  type QueryClient,
  type QueryKey,
  type UseQueryOptions,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { queryProblem } from './query-client';

/** The newest answer of a query that follows something. */
export interface LatestAnswer<T> {
  /** Null while none could be read. */
  readonly latest: T | null;
  /** Why the newest could not be read, in a sentence; null: it could, or is being read for the first time. */
  readonly problem: string | null;
}

/**
 * Follows what changes with a version, such as a plane's resourceVersion: the version ends the query's key, so another
 * one asks again and drops the request for the one before.
 *
 * Until there is a newer answer the newest one stays. `placeholderData: keepPreviousData` isn't enough for that: it ends
 * when reading fails for good, doesn't outlive the component, and lets a version that comes back bring its old answer.
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
  return { latest: newest?.data ?? null, problem: queryProblem({ error, failureReason }) };
}

/** An answer, and when it came, milliseconds since the epoch on the browser's clock. */
interface Answer<T> {
  readonly data: T;
  readonly atMs: number;
}

/** The newest of the answers in the cache whose keys begin like this; undefined: there is none. */
export function newestAnswer<T>(client: QueryClient, keyStart: QueryKey): Answer<T> | undefined {
  let newest: Answer<T> | undefined;
  for (const { state } of client.getQueryCache().findAll({ queryKey: keyStart })) {
    if (state.data === undefined || state.dataUpdatedAt < (newest?.atMs ?? 0)) continue;
    newest = { data: state.data as T, atMs: state.dataUpdatedAt };
  }
  return newest;
}
