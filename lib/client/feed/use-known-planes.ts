'use client';

import { useMemo } from 'react';
import { useFleetRows } from './live-fleet';
import { useFleetMeta } from './use-fleet-meta';

/** A plane that exists, as far as a draft has to do with it. */
export interface KnownPlane {
  readonly uid: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly planeID: string | null;
  readonly createdAt: string;
}

/**
 * All planes that exist; null while not every kind has been listed: then it cannot be said that one is missing, or that
 * a name is free.
 */
export function useKnownPlanes(): readonly KnownPlane[] | null {
  const rows = useFleetRows(false);
  const { sources } = useFleetMeta();
  const complete = sources.every(({ state }) => state === 'live' || state === 'lost');
  return useMemo(() => {
    if (!rows || !complete) return null;
    return rows.map(({ plane: { uid, plural, kind, namespace, name, displayName, planeID, createdAt } }) => ({
      uid,
      plural,
      kind,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      ...(displayName === undefined ? {} : { displayName }),
      planeID,
      createdAt,
    }));
  }, [rows, complete]);
}
