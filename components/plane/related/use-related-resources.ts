'use client';

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { getJson } from '@/lib/client/api/api-request';
import { readOptions } from '@/lib/client/api/queries';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Related resources change without the plane, and rights change too: this is how soon the page shows it. */
export const REREAD_MS = 20_000;

/** The resources related to a plane, read with the caller's rights. */
export function relatedResourcesQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...readOptions,
    refetchInterval: REREAD_MS,
    queryKey: ['related', planeKey(identity)],
    queryFn: async ({ signal }) =>
      relatedResourcesAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/related`, signal)),
  });
}

/** The related resources as the page has them. */
export interface LoadedRelatedResources {
  /** The latest that could be read; null while none could. */
  readonly value: RelatedResources | null;
  /** When that was, RFC 3339 on the API server's clock. */
  readonly readAt: string | null;
  /** Why the newest could not be read, in a sentence; null: it could, or is being read for the first time. */
  readonly problem: string | null;
}

const NOTHING: LoadedRelatedResources = { value: null, readAt: null, problem: null };

/**
 * The resources related to a plane: read when the page opens, again with every change of the plane, and periodically while
 * the page is visible. The last ones stay meanwhile, with their age.
 *
 * @param resourceVersion the latest that the feed reported; null: nothing can be read now, or the plane is gone
 */
export function useRelatedResources(
  identity: PlaneIdentity,
  resourceVersion: string | null,
): LoadedRelatedResources {
  const client = useQueryClient();
  const enabled = resourceVersion !== null;
  const { data, error, failureReason, refetch } = useQuery({ ...relatedResourcesQuery(identity), enabled });
  const lastVersion = useRef(resourceVersion);
  useEffect(() => {
    if (resourceVersion === null || resourceVersion === lastVersion.current) return;
    // The query reads the first version on its own.
    const isFirst = lastVersion.current === null;
    lastVersion.current = resourceVersion;
    if (isFirst) return;
    // A read in progress may return the state before the change, and a refetch would only join it.
    void client.cancelQueries({ queryKey: relatedResourcesQuery(identity).queryKey }).then(() => refetch());
  }, [resourceVersion, refetch, client, identity]);
  const problem = (failureReason ?? error)?.message ?? null;
  if (!data) return { ...NOTHING, problem };
  return { value: data.related, readAt: data.serverTime, problem };
}

/** When the related resources were read, milliseconds since the epoch; null: they weren't. */
export function readAtMs({ readAt }: LoadedRelatedResources): number | null {
  return parseTimeMs(readAt ?? undefined);
}
