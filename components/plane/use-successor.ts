'use client';

import { useMemo } from 'react';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';

/** The plane that has the kind and name of another one and is not that one, as after it was deleted; null: none has. */
export function useSuccessor(plane: Plane): Plane | null {
  const rows = useFleetRows(false);
  return useMemo(() => {
    const key = planeKey(plane);
    const isNext = (other: Plane) => other.uid !== plane.uid && planeKey(other) === key;
    return rows?.find((row) => isNext(row.plane))?.plane ?? null;
  }, [rows, plane]);
}
