'use client';

import {
  type LoadedRelatedResources,
  useRelatedResources,
} from '@/components/plane/related/use-related-resources';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { usePlaneDetail } from '@/lib/client/api/use-plane-detail';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetRow, usePlaneGone } from '@/lib/client/feed/live-fleet';
import { useLastRow } from '@/lib/client/feed/use-aged-fleet';
import { useFleetMeta } from '@/lib/client/feed/use-fleet-meta';

/** A plane as it is this moment, with all that its page knows. */
export interface CurrentPlane {
  readonly row: FleetRow;
  /** It was deleted while the page was open. */
  readonly gone: boolean;
  /** Null: it could not be read. */
  readonly detail: PlaneDetail | null;
  readonly related: LoadedRelatedResources;
}

/** Follows a plane, its spec and its surroundings, as long as the component is there. */
export function useCurrentPlane(plane: FleetPlane, initialDetail: PlaneDetail | null): CurrentPlane {
  const live = useFleetRow(plane.uid);
  const gone = usePlaneGone(plane.uid, plane.plural);
  const row = useLastRow(plane, live, gone);
  const { apiServer } = useFleetMeta();
  const askable = live !== undefined && !gone && apiServer.state === 'reachable';
  const version = askable ? live.plane.resourceVersion : null;
  const { detail } = usePlaneDetail(plane, initialDetail, version);
  // A plane of the same name that was made again is another one.
  const own = detail?.plane.uid === plane.uid ? detail : initialDetail;
  return { row, gone, detail: own, related: useRelatedResources(plane, version) };
}
