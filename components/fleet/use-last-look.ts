'use client';

import { useEffect, useState } from 'react';
import { ownKey } from '@/lib/client/session/person';

const STORAGE_KEY = 'fleet-last-look';

/**
 * Returns when this person last looked at the list in this browser, in milliseconds since the epoch on the API server's
 * clock: before this visit or, if the page was hidden meanwhile, when it was hidden. Null at the first look.
 *
 * @param nowMs reads the API server's clock
 */
export function useLastLook(nowMs: () => number): number | null {
  const [lastLookMs, setLastLookMs] = useState<number | null>(null);
  useEffect(() => {
    setLastLookMs(read());
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') store(nowMs());
      else setLastLookMs(read());
    };
    const onLeave = () => store(nowMs());
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', onLeave);
    return () => {
      onLeave();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', onLeave);
    };
  }, [nowMs]);
  return lastLookMs;
}

function read(): number | null {
  try {
    const stored = Number(window.localStorage.getItem(ownKey(STORAGE_KEY)) ?? Number.NaN);
    return Number.isFinite(stored) ? stored : null;
  } catch {
    return null;
  }
}

function store(atMs: number): void {
  try {
    window.localStorage.setItem(ownKey(STORAGE_KEY), String(Math.round(atMs)));
  } catch {
    // Without storage, nothing is marked as new.
  }
}
