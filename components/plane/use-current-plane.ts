'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import {
  type LoadedRelatedResources,
  useRelatedResources,
} from '@/components/plane/related/use-related-resources';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { planeDetailQuery } from '@/lib/client/api/queries';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRow, usePlaneGone } from '@/lib/client/feed/live-fleet';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { useLastKnownRow } from './use-last-known-row';

/** A plane as it is now, with everything that its page knows about it. */
export interface CurrentPlane {
  readonly row: FleetRow;
  /** It was deleted while the page was open. */
  readonly gone: boolean;
  /** The latest detail; null while none could be read. */
  readonly detail: PlaneDetail | null;
  /** Why the newest detail could not be read, in a sentence; null: it could. */
  readonly detailProblem: string | null;
  readonly related: LoadedRelatedResources;
}

/**
 * Follows a plane while the component is mounted: its row by the feed, its spec and its related resources read again
 * whenever the feed reports another resourceVersion.
 *
 * @param initialDetail null when the server could not read the plane itself, and only remembers `plane` from before
 */
export function useCurrentPlane(plane: FleetPlane, initialDetail: PlaneDetail | null): CurrentPlane {
  const live = useFleetRow(plane.uid);
  const gone = usePlaneGone(plane.uid, plane.plural);
  const row = useLastKnownRow(plane, live, gone);
  const { apiServer } = useFleetMeta();
  // While the API server is unreachable nothing is requested; once it answers again, this requests at once.
  const isReadable = live !== undefined && !gone && apiServer.state === 'reachable';
  const version = isReadable ? live.plane.resourceVersion : null;
  const { detail, problem } = usePlaneDetail(plane, initialDetail, version);
  // A plane that was created again under the same name is another plane.
  const ownDetail = detail?.plane.uid === plane.uid ? detail : initialDetail;
  const related = useRelatedResources(plane, version);
  return { row, gone, detail: ownDetail, detailProblem: problem, related };
}

/**
 * A plane's spec and YAML: as the server rendered them, and read again whenever the feed reports another
 * resourceVersion, and while reading fails. The last one stays meanwhile.
 *
 * @param resourceVersion the latest that the feed reported; null: nothing can be read now
 */
function usePlaneDetail(
  identity: PlaneIdentity,
  initial: PlaneDetail | null,
  resourceVersion: string | null,
): { readonly detail: PlaneDetail | null; readonly problem: string | null } {
  const { data, error, failureReason, refetch } = useQuery({
    ...planeDetailQuery(identity),
    ...(initial === null ? {} : { initialData: initial }),
    enabled: initial !== null,
  });
  const shown = data?.plane.resourceVersion;
  useEffect(() => {
    if (resourceVersion !== null && resourceVersion !== shown) void refetch();
  }, [resourceVersion, shown, refetch]);
  return { detail: data ?? null, problem: (failureReason ?? error)?.message ?? null };
}
