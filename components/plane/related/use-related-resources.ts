'use client';

import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { getJson } from '@/lib/client/api/api-request';
import type { PlaneVersion } from '@/lib/client/api/queries';
import { useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Related resources change without the plane, and rights change too: this is how soon the page shows it. */
export const REREAD_MS = 20_000;

/** How the keys of a plane's related resources begin, whichever version of the plane they are of. */
function relatedResourcesKey(identity: PlaneIdentity): QueryKey {
  return ['related', planeKey(identity)];
}

/** Reads a plane's related resources again after a write. */
export async function rereadRelatedResources(identity: PlaneIdentity, client: QueryClient): Promise<void> {
  const queryKey = relatedResourcesKey(identity);
  // A read in progress may return the state before the write, and the first one of a version would only be joined.
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
}

/** The resources related to a plane, read with the caller's rights. */
function relatedResourcesQuery(plane: PlaneVersion) {
  return queryOptions({
    queryKey: [...relatedResourcesKey(plane), plane.uid, plane.resourceVersion],
    queryFn: async ({ signal }) =>
      relatedResourcesAnswerSchema.parse(await getJson(`${planeApiPath(plane)}/related`, signal)),
    refetchInterval: REREAD_MS,
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

/**
 * The resources related to a plane: read when the page opens, again with every change of the plane, and periodically
 * while the page is visible. The last ones stay meanwhile, with their age.
 *
 * @param enabled false: nothing can be read now, or the plane is gone
 */
export function useRelatedResources(plane: PlaneVersion, enabled: boolean): LoadedRelatedResources {
  const { latest, problem } = useLatestAnswer({ ...relatedResourcesQuery(plane), enabled });
  return { value: latest?.related ?? null, readAt: latest?.serverTime ?? null, problem };
}

/** When the related resources were read, milliseconds since the epoch; null: they weren't. */
export function readAtMs({ readAt }: LoadedRelatedResources): number | null {
  return parseTimeMs(readAt ?? undefined);
}
