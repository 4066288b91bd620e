'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { parseTimeMs } from '@/lib/plane/age';
import { apiServerNowMs, dataAgeMs, getFleetState, subscribeFleet } from './feed/fleet-feed';
import { useFirstPaint } from './first-paint';
import { subscribeTick } from './tick';

/** Frames and contacts come every 5 s: older than three of them is no hiccup any more. */
export const DATA_OLD_MS = 15_000;

/** A connection that is back within this was never worth a banner; frames come every 5 s at the latest. */
const LOST_SHOWN_MS = 7000;

/** How current what the page shows is. */
export interface DataAge {
  /** Whole seconds; null while nothing has ever been heard of the API server. */
  readonly ageSeconds: number | null;
  /** `live`: current; `old`: not current for the reason that `side` names; `never`: there are no data. */
  readonly state: 'live' | 'old' | 'never';
  /** Which contact is missing: the browser's with Planeboard's server, or that server's with the API server. */
  readonly side: 'server' | 'api-server' | null;
  /** The moment that the data are from, RFC 3339 on the API server's clock. */
  readonly asOf: string | null;
}

function subscribe(listener: () => void): () => void {
  const stopFeed = subscribeFleet(listener);
  const stopTick = subscribeTick(listener);
  return () => {
    stopFeed();
    stopTick();
  };
}

/** One primitive, so that React can tell whether anything changed: `state side seconds asOf`. */
function read(): string {
  const { status, apiServer, epoch } = getFleetState();
  const ageMs = dataAgeMs();
  const badContact =
    apiServer !== null && apiServer.state !== 'reachable' && apiServer.state !== 'none-installed';
  const lost = status === 'lost' && (ageMs === null || ageMs > LOST_SHOWN_MS);
  const side = lost ? 'server' : badContact || (ageMs ?? 0) > DATA_OLD_MS ? 'api-server' : '';
  if (epoch === null) return status === 'lost' ? ',server,,' : '';
  if (ageMs === null) return `never,${side},,`;
  const asOf = side === '' ? '' : new Date(apiServerNowMs() - ageMs).toISOString().slice(0, 19);
  return `${side === '' ? 'live' : 'old'},${side},${Math.floor(ageMs / 1000)},${asOf && `${asOf}Z`}`;
}

/** Follows the age of the data, by the second. */
export function useDataAge(): DataAge {
  const { apiServer, serverTime } = useFirstPaint();
  const first = useCallback(() => {
    const contactAtMs = parseTimeMs(apiServer.lastContactAt ?? undefined);
    if (contactAtMs === null) return 'never,,,';
    const ageMs = Math.max(0, Date.parse(serverTime) - contactAtMs);
    const old =
      apiServer.state === 'unreachable' || apiServer.state === 'unauthorized' || ageMs > DATA_OLD_MS;
    return `${old ? 'old,api-server' : 'live,'},${Math.floor(ageMs / 1000)},${old ? apiServer.lastContactAt : ''}`;
  }, [apiServer, serverTime]);
  const text = useSyncExternalStore(subscribe, () => read() || first(), first);
  const [state, side, seconds, asOf] = text.split(',');
  return {
    ageSeconds: seconds ? Number(seconds) : null,
    state: state === 'live' || state === 'old' ? state : 'never',
    side: side === 'server' || side === 'api-server' ? side : null,
    asOf: asOf || null,
  };
}
