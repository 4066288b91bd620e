'use client';

import { useMemo, useState } from 'react';
import {
  type LoadedRelatedResources,
  useRelatedResources,
} from '@/components/plane/related/use-related-resources';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { planeVersionQuery } from '@/lib/client/api/queries';
import { useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import { deriveRow, type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRow, usePlaneGone } from '@/lib/client/feed/live-fleet';
import { useSecondsSinceFirstPaint } from '@/lib/client/feed/tick';
import { watchOf } from '@/lib/plane/fleet/source-state';

/** The current state of a plane, with everything that its page knows about it. */
export interface CurrentPlane {
  readonly row: FleetRow;
  /** Whether the plane was deleted while the page was open. */
  readonly gone: boolean;
  /** The latest detail; null until one is read. */
  readonly detail: PlaneDetail | null;
  /** A sentence that says why the last read of the detail failed; null: it didn't. */
  readonly detailProblem: string | null;
  readonly related: LoadedRelatedResources;
}

/**
 * Follows a plane while the component is mounted. The feed updates its row; spec and related resources are read again
 * whenever the feed reports another resourceVersion.
 *
 * @param initialDetail null if the server couldn't read the plane and knows only an earlier `plane`
 */
export function useCurrentPlane(plane: FleetPlane, initialDetail: PlaneDetail | null): CurrentPlane {
  const live = useFleetRow(plane.uid);
  const gone = usePlaneGone(plane);
  const row = useLastKnownRow(plane, live, gone);
  const { apiServer } = useFleetMeta();
  // Requests nothing while the API server is unreachable, and again as soon as it answers.
  const isReadable = live !== undefined && !gone && apiServer.state === 'reachable';
  const { latest, problem } = useLatestAnswer({
    ...planeVersionQuery(row.plane),
    initialData: () =>
      initialDetail?.plane.resourceVersion === row.plane.resourceVersion ? initialDetail : undefined,
    enabled: isReadable,
  });
  // A plane created again under the same name is another plane.
  const detail = latest?.plane.uid === plane.uid ? latest : initialDetail;
  const related = useRelatedResources(row.plane, isReadable);
  return { row, gone, detail, detailProblem: problem, related };
}

/**
 * The feed's row of a plane. While the feed doesn't have the plane, the last known row, whose health is derived every
 * second from the last contact with its kind.
 *
 * @param live the feed's row; undefined if there is no snapshot yet, the server hasn't listed the kind, or the plane
 *   is deleted
 * @param frozen whether the plane is known to be deleted; its last state then doesn't age
 */
function useLastKnownRow(plane: FleetPlane, live: FleetRow | undefined, frozen: boolean): FleetRow {
  const { limits, serverTime } = useFirstPaint();
  const { sources } = useFleetMeta();
  const [last, setLast] = useState<FleetRow>(() => renderedRow(plane, Date.parse(serverTime)));
  if (live && live !== last) setLast(live);
  // A server that has just restarted may have had no contact with the kind yet; the contact before that counts then.
  const source = watchOf(sources, plane);
  const contactAt = source?.lastContactAt ?? null;
  const isForbidden = source?.state === 'forbidden';
  const [lastContactAt, setLastContactAt] = useState(contactAt);
  if (live && contactAt !== null && contactAt !== lastContactAt) setLastContactAt(contactAt);

  const seconds = useSecondsSinceFirstPaint(live === undefined && !frozen);
  return useMemo(() => {
    if (live) return live;
    if (frozen || (seconds === 0 && !isForbidden)) return last;
    const renderedAtMs = Date.parse(serverTime);
    const context = {
      sources: [
        { plural: last.plane.plural, state: isForbidden ? 'forbidden' : 'live', lastContactAt } as const,
      ],
      limits,
      serverContactAtMs: serverContactAtMs(renderedAtMs),
    };
    return deriveRow(last.plane, context, renderedAtMs + seconds * 1000);
  }, [live, frozen, last, seconds, isForbidden, lastContactAt, limits, serverTime]);
}
