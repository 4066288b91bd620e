'use client';

import { useMemo } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { siblingKey, siblingsIn } from '@/lib/plane/model/references';

/** The other planes with the same role and planeID, in the fleet's order. The gateway treats them as one cluster. */
export function useSiblings(plane: Plane): readonly FleetRow[] {
  const rows = useFleetRows(false);
  const { uid } = plane;
  const key = siblingKey(plane);
  return useMemo(() => siblingsIn(rows ?? [], { uid, key }), [rows, uid, key]);
}

/** The plane that now has the kind and name of a deleted one, for example created again by a tool; null if none. */
export function useRecreatedPlane(deleted: Plane): Plane | null {
  const rows = useFleetRows(false);
  return useMemo(() => {
    const key = planeKey(deleted);
    const isRecreated = (other: Plane) => other.uid !== deleted.uid && planeKey(other) === key;
    return rows?.find((row) => isRecreated(row.plane))?.plane ?? null;
  }, [rows, deleted]);
}
