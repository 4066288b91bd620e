'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type DataAge, dataAge } from './data-age';
import { useFirstPaint } from './first-paint';
import { apiServerNowMs, getFleetState, silenceMs, subscribeFleet } from './fleet-feed';
import { subscribeTick } from './tick';

function subscribe(listener: () => void): () => void {
  const stopFeed = subscribeFleet(listener);
  const stopTick = subscribeTick(listener);
  return () => {
    stopFeed();
    stopTick();
  };
}

/**
 * Follows the age of the data, by the second. It also grows before the feed has spoken: a feed that never does (a proxy
 * that blocks streams, a server that dies after the page) must not leave the first paint looking current.
 */
export function useDataAge(): DataAge {
  const first = useFirstPaint();
  const renderedAtMs = Date.parse(first.serverTime);
  // One primitive, so that React can tell whether anything changed.
  const read = useCallback(() => {
    const { status, apiServer, epoch } = getFleetState();
    const nowMs = apiServerNowMs();
    return JSON.stringify(
      dataAge(
        {
          apiServer: apiServer ?? first.apiServer,
          silenceMs: silenceMs() ?? nowMs - renderedAtMs,
          lost: status === 'lost',
          followed: epoch !== null,
        },
        nowMs,
      ),
    );
  }, [first, renderedAtMs]);
  const atFirstPaint = useCallback(
    () =>
      JSON.stringify(
        dataAge({ apiServer: first.apiServer, silenceMs: 0, lost: false, followed: false }, renderedAtMs),
      ),
    [first, renderedAtMs],
  );
  const text = useSyncExternalStore(subscribe, read, atFirstPaint);
  return useMemo(() => JSON.parse(text) as DataAge, [text]);
}
