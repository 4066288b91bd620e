'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { dataOldMs } from '@/lib/api/stream';
import { apiServerNowMs, frameAgeMs, getFleetState, subscribeFleet } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint } from '@/lib/client/feed/fleet-meta';
import { subscribeTick } from '@/lib/client/feed/tick';
import { isSourceReading, newestContactMs } from '@/lib/plane/fleet/source-state';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';

/** A connection that recovers within this time gets no banner. */
const LOST_SHOWN_MS = 7000;

/** How current the shown data are. */
export interface DataAge {
  /** Whole seconds; null if Planeboard has never had contact with the API server. */
  readonly ageSeconds: number | null;
  /**
   * `live`: current, and updated by the stream. `opening`: current as rendered, but no stream yet. `listing`: kinds are
   * still being listed, after a start or because they were just installed. `partial`: some kinds are current. `old`:
   * nothing is, because the contact that `side` names is missing. `never`: there are no data.
   */
  readonly state: 'live' | 'opening' | 'listing' | 'partial' | 'old' | 'never';
  /**
   * The missing contact: the browser's with Planeboard's server, the server's with the API server, or the proof that its
   * watches deliver changes.
   */
  readonly side: 'server' | 'api-server' | 'watch' | null;
  /** The time that the data are from, RFC 3339 on the API server's clock. */
  readonly asOf: string | null;
}

/**
 * What the data age depends on: the feed's last frame or, before the first one, the page as the server rendered it.
 */
export interface DataContact {
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
  /** Milliseconds since the last frame from Planeboard's server. */
  readonly frameAgeMs: number;
  /** Whether the stream is known to be broken. */
  readonly lost: boolean;
  /** Whether the stream has brought the fleet at least once, so that the shown data follow it. */
  readonly followed: boolean;
}

/**
 * Returns how old the data are: the age of the server's last frame, of its last contact with the API server, or of the
 * last proof that a watch delivers changes, whichever is oldest. Rendered data age like streamed data, so a stream that
 * never opened counts like a broken one.
 *
 * @param nowMs the API server's clock, in milliseconds since the epoch
 */
export function dataAge(contact: DataContact, nowMs: number): DataAge {
  const { apiServer, sources, frameAgeMs, lost, followed } = contact;
  const contactAtMs = parseTimeMs(apiServer.lastContactAt ?? undefined);
  if (contactAtMs === null) {
    return { ageSeconds: null, state: 'never', side: lost ? 'server' : null, asOf: null };
  }
  const provenAtMs = newestContactMs(sources) ?? contactAtMs;
  const ageMs = Math.max(0, frameAgeMs, nowMs - contactAtMs, nowMs - provenAtMs);
  const isServerSilent = (lost && ageMs > paced(LOST_SHOWN_MS)) || frameAgeMs > dataOldMs();
  const badContact = apiServer.state !== 'reachable' && apiServer.state !== 'none-installed';
  const isApiServerSilent = badContact || nowMs - contactAtMs > dataOldMs();
  const isUnproven = nowMs - provenAtMs > dataOldMs();
  const side = isServerSilent
    ? 'server'
    : isApiServerSilent
      ? 'api-server'
      : isUnproven || lostSinceMs(sources, nowMs) > paced(LOST_SHOWN_MS)
        ? 'watch'
        : null;
  const isPartial = side === 'watch' && !isUnproven;
  const current = !followed ? 'opening' : sources.some(isSourceReading) ? 'listing' : 'live';
  // Not `nowMs` less the age: this browser's estimate of the time may lag, and each page must name the same contact.
  const provenContactMs = Math.min(contactAtMs, provenAtMs);
  const asOfMs = side === 'server' ? Math.min(provenContactMs, nowMs - frameAgeMs) : provenContactMs;
  return {
    ageSeconds: Math.floor(ageMs / 1000),
    state: side === null ? current : isPartial ? 'partial' : 'old',
    side,
    asOf: side === null || isPartial ? null : formatRfc3339(asOfMs),
  };
}

/** Returns for how long a kind has had no live data, the longest of all; 0 if all have. */
function lostSinceMs(sources: readonly Source[], nowMs: number): number {
  const ages = sources
    .filter(({ state }) => state === 'lost')
    .map(({ lastContactAt }) => nowMs - (parseTimeMs(lastContactAt) ?? nowMs));
  return Math.max(0, ...ages);
}

function subscribe(listener: () => void): () => void {
  const stopFeed = subscribeFleet(listener);
  const stopTick = subscribeTick(listener);
  return () => {
    stopFeed();
    stopTick();
  };
}

/**
 * Returns the age of the data, updated each second. It also grows before the first frame: without a stream (a proxy
 * blocks it, or the server dies after rendering the page), the first paint must not look current forever.
 */
export function useDataAge(): DataAge {
  const first = useFirstPaint();
  const renderedAtMs = Date.parse(first.serverTime);
  // One primitive value, so React can tell whether anything changed.
  const read = useCallback(() => {
    const { status, apiServer, sources, epoch } = getFleetState();
    const nowMs = apiServerNowMs();
    return JSON.stringify(
      dataAge(
        {
          apiServer: apiServer ?? first.apiServer,
          sources: apiServer === null ? first.sources : sources,
          frameAgeMs: frameAgeMs() ?? nowMs - renderedAtMs,
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
        dataAge(
          {
            apiServer: first.apiServer,
            sources: first.sources,
            frameAgeMs: 0,
            lost: false,
            followed: false,
          },
          renderedAtMs,
        ),
      ),
    [first, renderedAtMs],
  );
  const text = useSyncExternalStore(subscribe, read, atFirstPaint);
  return useMemo(() => JSON.parse(text) as DataAge, [text]);
}
