'use client';

import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { type LoadedCircumstances, useCircumstances } from '../around/use-circumstances';
import type { FleetRow } from '../derived-fleet';
import { useFleetRow, usePlaneGone } from '../live-fleet';
import { useLastRow } from '../use-aged';
import { useFleetMeta } from '../use-fleet-meta';
import { usePlaneDetail } from '../use-plane-detail';

/** A plane as it is this moment, with all that its page knows. */
export interface PlaneNow {
  readonly row: FleetRow;
  /** It was deleted while the page was open. */
  readonly gone: boolean;
  /** Null: it could not be read. */
  readonly detail: PlaneDetail | null;
  readonly circumstances: LoadedCircumstances;
}

/** Follows a plane, its spec and its surroundings, as long as the component is there. */
export function usePlaneNow(plane: FleetPlane, initialDetail: PlaneDetail | null): PlaneNow {
  const live = useFleetRow(plane.uid);
  const gone = usePlaneGone(plane.uid, plane.plural);
  const row = useLastRow(plane, live, gone);
  const { apiServer } = useFleetMeta();
  const askable = live !== undefined && !gone && apiServer.state === 'reachable';
  const version = askable ? live.plane.resourceVersion : null;
  const { detail } = usePlaneDetail(plane, initialDetail, version);
  // A plane of the same name that was made again is another one.
  const own = detail?.plane.uid === plane.uid ? detail : initialDetail;
  return { row, gone, detail: own, circumstances: useCircumstances(plane, version) };
}
