'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { useFirstPaint } from './first-paint';
import { subscribeTick, tickNowMs } from './tick';

/**
 * Reads something off the ticking clock. The component renders again only when what `read` returns is another value,
 * so a text that changes once a minute costs one render a minute.
 *
 * @param read from the API server's clock (milliseconds since the epoch) to a primitive; on the server and while
 * hydrating it gets the time at which the server rendered.
 */
export function useTick<T extends string | number | boolean | null>(read: (nowMs: number) => T): T {
  const { serverTime } = useFirstPaint();
  const live = useCallback(() => read(tickNowMs()), [read]);
  const atFirstPaint = useCallback(() => read(Date.parse(serverTime)), [read, serverTime]);
  return useSyncExternalStore(subscribeTick, live, atFirstPaint);
}
