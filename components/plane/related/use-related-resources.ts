'use client';

import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { getJson } from '@/lib/client/api/api-request';
import type { PlaneVersion } from '@/lib/client/api/queries';
import { useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { paced } from '@/lib/plane/time/pace';

/** How often to read related resources again: they and the caller's permissions change without the plane. */
export function rereadMs(): number {
  return paced(20_000);
}

/** The common prefix of the query keys for all versions of a plane. */
function relatedResourcesKey(identity: PlaneIdentity): QueryKey {
  return ['related', planeKey(identity)];
}

/** Reads a plane's related resources again after a write. */
export async function rereadRelatedResources(identity: PlaneIdentity, client: QueryClient): Promise<void> {
  const queryKey = relatedResourcesKey(identity);
  // A read in progress may return the state before the write, and invalidating would only wait for the first read.
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
}

/** Reads the resources related to a plane, with the caller's permissions. */
function relatedResourcesQuery(plane: PlaneVersion) {
  return queryOptions({
    queryKey: [...relatedResourcesKey(plane), plane.uid, plane.resourceVersion],
    queryFn: async ({ signal }) =>
      relatedResourcesAnswerSchema.parse(await getJson(`${planeApiPath(plane)}/related`, signal)),
    refetchInterval: rereadMs(),
  });
}

/** The related resources as the page knows them. */
export interface LoadedRelatedResources {
  /** The latest successful read; null before the first. */
  readonly value: RelatedResources | null;
  /** The time of that read, RFC 3339 on the API server's clock. */
  readonly readAt: string | null;
  /** A sentence that says why the last read failed; null: it succeeded, or the first read is in progress. */
  readonly problem: string | null;
}

/**
 * The resources related to a plane. Reads them when the page opens, with every change of the plane, and periodically
 * while the page is visible. Returns the previous ones meanwhile, with their age.
 *
 * @param enabled false if nothing can be read now, or if the plane has been deleted
 */
export function useRelatedResources(plane: PlaneVersion, enabled: boolean): LoadedRelatedResources {
  const { latest, problem } = useLatestAnswer({ ...relatedResourcesQuery(plane), enabled });
  return { value: latest?.related ?? null, readAt: latest?.serverTime ?? null, problem };
}
