'use client';

import { replaceEqualDeep } from '@tanstack/react-query';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useFirstPaint } from './fleet-meta';
import { subscribeTick, tickNowMs } from './tick';

/**
 * Derives plain data from the ticking clock, as `useTick` derives a primitive. What equals the value before stays the same
 * object, all the way down, so the component renders again only when something in it is different.
 *
 * A file of its own, because the fleet's page ticks too and loads nothing of TanStack Query.
 *
 * @param read from the API server's clock (milliseconds since the epoch) to objects and arrays without classes or
 * functions; on the server and while hydrating it gets the time at which the server rendered. Memoise it.
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
