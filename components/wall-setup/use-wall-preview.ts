'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type WallMoment, WallStore } from '@/components/wall/wall-store';
import { KEEPALIVE_MS } from '@/lib/api/stream';
import { ApiError, getJsonText } from '@/lib/client/api/api-request';
import { apiServerNowMs } from '@/lib/client/feed/fleet-feed';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { filterParameters, type WallAddress } from '@/lib/plane/wall/wall-address';

const TIMEOUT_MS = 10_000;
const TICK_MS = 1000;

/** What a wall would show at one moment, for the planes that `query` names. */
interface WallPreviewMoment extends WallMoment {
  readonly query: string;
}

export interface WallPreview {
  /** Null until the page runs: what ages is not shown by a page that cannot age. */
  readonly moment: WallMoment | null;
  /** Whether `moment` is of the wall that is asked for. */
  readonly isCurrent: boolean;
  /** Why the last attempt brought nothing; null: it brought something. */
  readonly problem: string | null;
}

/** The parameters on which depends what a wall is told; all others are matters of its looks. */
function previewQuery({ filter, group }: Pick<WallAddress, 'filter' | 'group'>): string {
  const parameters = filterParameters(filter);
  if (group !== null) parameters.set('group', group);
  return parameters.toString();
}

/** Follows what a wall would show, as old as it is: the same store keeps it as on the wall itself. */
export function useWallPreview(address: Pick<WallAddress, 'filter' | 'group'>): WallPreview {
  const query = previewQuery(address);
  const { data, error } = useQuery({
    queryKey: ['wall-preview', query],
    queryFn: ({ signal }) =>
      getJsonText(`/api/wall-preview?${query}`, AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])),
    refetchInterval: KEEPALIVE_MS,
    refetchOnWindowFocus: 'always',
    // The next round is soon enough, and what came earlier is old: it is not to be taken for new when it is shown again.
    retry: false,
    gcTime: 0,
    structuralSharing: false,
  });
  const [moment, setMoment] = useState<WallPreviewMoment | null>(null);
  const held = useRef<WallStore | null>(null);
  const show = useRef<() => void>(() => {});

  useEffect(() => {
    const store = new WallStore(monotonicMs, new Date(apiServerNowMs()).toISOString(), null);
    held.current = store;
    const openedAtMs = monotonicMs();
    show.current = () => {
      const next = { query, ...store.moment() };
      // For a moment the previous wall is better than none; then it shows that nothing comes.
      if (next.frame === null && monotonicMs() - openedAtMs < KEEPALIVE_MS)
        setMoment((before) => before ?? next);
      else setMoment(next);
    };
    show.current();
    const timer = setInterval(() => show.current(), TICK_MS);
    return () => clearInterval(timer);
  }, [query]);

  useEffect(() => {
    if (data === undefined) return;
    held.current?.apply('wall', data);
    show.current();
  }, [data]);

  return {
    moment,
    isCurrent: moment?.query === query && moment.frame !== null,
    problem: error === null ? null : sentenceOf(error),
  };
}

/** An attempt that took too long carries the browser's own words. */
function sentenceOf(error: Error): string {
  return error instanceof ApiError ? error.message : "Planeboard's server does not answer.";
}
