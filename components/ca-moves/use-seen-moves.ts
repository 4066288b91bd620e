'use client';

import { useEffect, useState } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { readTabStorage, writeTabStorage } from '@/lib/client/tab-storage';
import { isMoveOpen } from '@/lib/plane/agent-setup/ca-move';

const STORAGE_KEY = 'planeboard.ca-moves';

/**
 * Returns the uids of the planes that this tab has seen with an open move, so that the list keeps those that finish.
 * Survives a reload.
 */
export function useSeenMoves(rows: readonly FleetRow[]): ReadonlySet<string> {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    setSeen((before) => {
      const known = before.size > 0 ? before : storedUids();
      const added = rows.filter(({ plane }) => isMoveOpen(plane) && !known.has(plane.uid));
      if (added.length === 0) return known.size === before.size ? before : known;
      const after = new Set([...known, ...added.map(({ plane }) => plane.uid)]);
      writeTabStorage(STORAGE_KEY, [...after]);
      return after;
    });
  }, [rows]);
  return seen;
}

function storedUids(): ReadonlySet<string> {
  const value = readTabStorage(STORAGE_KEY);
  return new Set(Array.isArray(value) ? value.filter((uid) => typeof uid === 'string') : []);
}
