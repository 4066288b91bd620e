'use client';

import { useEffect, useState } from 'react';
import { OwnSetting } from '@/lib/client/own-setting';

/** When a person last looked at the list, milliseconds since the epoch on the API server's clock; null: never. */
const SETTING = new OwnSetting<number | null>('planeboard.fleet-last-look', null, (stored) =>
  typeof stored === 'number' ? stored : null,
);

/**
 * Returns when this person last looked at the list in this browser: before this visit or, if the page was hidden
 * meanwhile, when it was hidden. Null at the first look. A page that is hidden shows nothing to anyone, so what happens
 * then stays new.
 *
 * @param nowMs reads the API server's clock
 */
export function useLastLook(nowMs: () => number): number | null {
  const [lastLookMs, setLastLookMs] = useState<number | null>(null);
  useEffect(() => {
    let isLooking = document.visibilityState === 'visible';
    const endLook = () => {
      if (isLooking) SETTING.store(nowMs());
      isLooking = false;
    };
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') endLook();
      else {
        isLooking = true;
        setLastLookMs(SETTING.read());
      }
    };
    setLastLookMs(SETTING.read());
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', endLook);
    return () => {
      endLook();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', endLook);
    };
  }, [nowMs]);
  return lastLookMs;
}
