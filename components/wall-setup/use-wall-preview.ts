'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type WallMoment, WallStore } from '@/components/wall/wall-store';
import { keepaliveMs } from '@/lib/api/stream';
import { ApiError, getJsonText } from '@/lib/client/api/api-request';
import { apiServerNowMs } from '@/lib/client/feed/fleet-feed';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { filterParameters, type WallAddress } from '@/lib/plane/wall/wall-address';

const TIMEOUT_MS = 10_000;
const TICK_MS = 1000;

/** A wall at one moment, for the planes that `query` selects. */
interface WallPreviewMoment extends WallMoment {
  readonly query: string;
}

export interface WallPreview {
  /** Null until the page runs: a page that can't age shows nothing that ages. */
  readonly moment: WallMoment | null;
  /** Whether `moment` belongs to the requested wall. */
  readonly isCurrent: boolean;
  /** Why the last attempt failed; null if it didn't. */
  readonly problem: string | null;
}

/** Returns the parameters that decide which data a wall receives; all others concern its appearance. */
function previewQuery({ filter, group }: Pick<WallAddress, 'filter' | 'group'>): string {
  const parameters = filterParameters(filter);
  if (group !== null) parameters.set('group', group);
  return parameters.toString();
}

/** Follows what a wall would show, with the true age of the data: it uses the same store as the wall itself. */
export function useWallPreview(address: Pick<WallAddress, 'filter' | 'group'>): WallPreview {
  const query = previewQuery(address);
  const { data, error } = useQuery({
    queryKey: ['wall-preview', query],
    queryFn: ({ signal }) =>
      getJsonText(`/api/wall-preview?${query}`, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])),
    refetchInterval: keepaliveMs(),
    refetchOnWindowFocus: 'always',
    // The next round is soon enough. A cached earlier result is old and must not look new when it's shown again.
    retry: false,
    gcTime: 0,
    structuralSharing: false,
  });
  const [moment, setMoment] = useState<WallPreviewMoment | null>(null);
  const storeRef = useRef<WallStore | null>(null);
  const show = useRef<() => void>(() => {});

  useEffect(() => {
    const store = new WallStore(monotonicMs, new Date(apiServerNowMs()).toISOString(), null);
    storeRef.current = store;
    const openedAtMs = monotonicMs();
    show.current = () => {
      const next = { query, ...store.moment() };
      // The previous wall is better than none for a moment; after that, show that nothing arrives.
      if (next.frame === null && monotonicMs() - openedAtMs < keepaliveMs())
        setMoment((before) => before ?? next);
      else setMoment(next);
    };
    show.current();
    const timer = setInterval(() => show.current(), TICK_MS);
    return () => clearInterval(timer);
  }, [query]);

  useEffect(() => {
    if (data === undefined) return;
    storeRef.current?.apply('wall', data);
    show.current();
  }, [data]);

  return {
    moment,
    isCurrent: moment?.query === query && moment.frame !== null,
    problem: error === null ? null : sentenceOf(error),
  };
}

/** Replaces the browser's own message for an attempt that timed out. */
function sentenceOf(error: Error): string {
  return error instanceof ApiError ? error.message : "Planeboard's server isn't responding.";
}
