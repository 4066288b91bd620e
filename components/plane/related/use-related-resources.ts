'use client';

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { historyAnswerSchema } from '@/lib/api/history';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { getJson, isWorthRetrying, retryDelayMs } from '@/lib/client/api/api-request';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';

/** What stands around a plane changes without the plane, so it is asked for again while somebody looks. */
const PERIOD_MS = 20_000;

const asking = {
  retry: (_failures: number, error: Error) => isWorthRetrying(error),
  retryDelay: retryDelayMs,
  networkMode: 'always',
  // A refusal stays the same until somebody changes a right; this is how soon that shows.
  refetchInterval: PERIOD_MS,
} as const;

/** What stands around a plane, read as the caller. The browser's clock has no part in it. */
export function relatedResourcesQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['related', planeKey(identity)],
    queryFn: async ({ signal }) =>
      relatedResourcesAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/related`, signal)),
  });
}

/** What this server saw happen to a plane. */
export function historyQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['history', planeKey(identity)],
    queryFn: async ({ signal }) =>
      historyAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/history`, signal)),
  });
}

/** What is known of a plane's surroundings, and how well. */
export interface LoadedRelatedResources {
  /** The latest that was read; null while none could be. */
  readonly value: RelatedResources | null;
  /** When that was, RFC 3339 on the API server's clock. */
  readonly readAt: string | null;
  /** Why the newest could not be read, in a sentence; null: it could, or is being read for the first time. */
  readonly problem: string | null;
}

const NOTHING: LoadedRelatedResources = { value: null, readAt: null, problem: null };

/**
 * What stands around a plane: read when the page opens, again with every change of the plane, and now and then while
 * somebody sees the page. What was read last stays meanwhile, with its age.
 *
 * @param resourceVersion the one that the feed told last; null: nothing can be asked now, or the plane is gone
 */
export function useRelatedResources(
  identity: PlaneIdentity,
  resourceVersion: string | null,
): LoadedRelatedResources {
  const client = useQueryClient();
  const enabled = resourceVersion !== null;
  const { data, error, failureReason, refetch } = useQuery({ ...relatedResourcesQuery(identity), enabled });
  const asked = useRef(resourceVersion);
  useEffect(() => {
    if (resourceVersion === null || resourceVersion === asked.current) return;
    // The first time the query asks by itself.
    const isFirst = asked.current === null;
    asked.current = resourceVersion;
    if (isFirst) return;
    // A reading under way may be of the plane before the change, and asking again would only join it.
    void client.cancelQueries({ queryKey: relatedResourcesQuery(identity).queryKey }).then(() => refetch());
  }, [resourceVersion, refetch, client, identity]);
  const problem = (failureReason ?? error)?.message ?? null;
  if (!data) return { ...NOTHING, problem };
  return { value: data.related, readAt: data.serverTime, problem };
}

/** When it was read, milliseconds since the epoch; null: it was not. */
export function readAtMs({ readAt }: LoadedRelatedResources): number | null {
  return parseTimeMs(readAt ?? undefined);
}
