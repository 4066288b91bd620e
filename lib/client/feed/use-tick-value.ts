'use client';

import { replaceEqualDeep } from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useFirstPaint } from './fleet-meta';
import { subscribeTick, tickNowMs } from './tick';

/**
 * Derives plain data from the ticking clock, as `useTick` derives a primitive. Parts that equal their previous value
 * stay the same object at every depth, so the component renders again only when something differs.
 *
 * In a separate file, because the fleet page ticks too but doesn't load TanStack Query.
 *
 * @param read maps the API server's time (milliseconds since the epoch) to objects and arrays without classes or
 * functions; on the server and during hydration it gets the time when the server rendered. Memoise it.
 */
export function useTickValue<T>(read: (nowMs: number) => T): T {
  const { serverTime } = useFirstPaint();
  const last = useRef<T>(undefined);
  const at = useCallback(
    (nowMs: number): T => {
      const value = replaceEqualDeep(last.current, read(nowMs));
      last.current = value;
      return value;
    },
    [read],
  );
  const live = useCallback(() => at(tickNowMs()), [at]);
  const atFirstPaint = useCallback(() => at(Date.parse(serverTime)), [at, serverTime]);
  return useSyncExternalStore(subscribeTick, live, atFirstPaint);
}
