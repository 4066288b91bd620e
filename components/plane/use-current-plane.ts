'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import {
  type LoadedRelatedResources,
  useRelatedResources,
} from '@/components/plane/related/use-related-resources';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { deriveRow, type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRow, usePlaneGone } from '@/lib/client/feed/live-fleet';
import { useSecondsSinceFirstPaint } from '@/lib/client/feed/tick';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';

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

/**
 * One plane's row: from the feed or, while the feed doesn't have the plane, the last known one, whose health is derived
 * every second from the last contact with its kind.
 *
 * @param live the feed's row; undefined: no snapshot yet, the server hasn't listed the kind, or the plane is gone
 * @param frozen the plane is known to be gone: its last state is history and doesn't age
 */
function useLastKnownRow(plane: FleetPlane, live: FleetRow | undefined, frozen: boolean): FleetRow {
  const { limits, serverTime } = useFirstPaint();
  const { sources, incidents } = useFleetMeta();
  const [last, setLast] = useState<FleetRow>(() => renderedRow(plane, Date.parse(serverTime)));
  if (live && live !== last) setLast(live);
  // A server that has just restarted may have had no contact with the kind yet: then the last contact before that counts.
  const contactAt = sources.find(({ plural }) => plural === plane.plural)?.lastContactAt ?? null;
  const [lastContactAt, setLastContactAt] = useState(contactAt);
  if (live && contactAt !== null && contactAt !== lastContactAt) setLastContactAt(contactAt);

  const seconds = useSecondsSinceFirstPaint(live === undefined && !frozen);
  return useMemo(() => {
    if (live) return live;
    if (frozen || seconds === 0) return last;
    const renderedAtMs = Date.parse(serverTime);
    const context = {
      sources: [{ plural: last.plane.plural, state: 'live' as const, lastContactAt }],
      incidents,
      limits,
      serverContactAtMs: serverContactAtMs(renderedAtMs),
    };
    return deriveRow(last.plane, context, renderedAtMs + seconds * 1000);
  }, [live, frozen, last, seconds, lastContactAt, incidents, limits, serverTime]);
}
