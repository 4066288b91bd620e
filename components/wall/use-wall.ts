'use client';

import { useEffect, useRef, useState } from 'react';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { WallConnection } from './wall-connection';
import type { WallRefusal } from './wall-refusal';
import { type WallMoment, WallStore } from './wall-store';

const TICK_MS = 1000;

/**
 * Follows the wall's own stream, and ticks each second whether anything comes or not. Null on the server and until the
 * page runs: nothing that ages may be shown by a page that cannot age.
 *
 * @param search the wall's query with its question mark, or empty
 */
export function useWall(search: string, serverTime: string, refusal: WallRefusal | null): WallMoment | null {
  const [moment, setMoment] = useState<WallMoment | null>(null);
  // The page as it was first rendered: later renders of the same page say nothing newer than the stream.
  const first = useRef({ serverTime, refusal });
  useEffect(() => {
    const store = new WallStore(monotonicMs, first.current.serverTime, first.current.refusal);
    const show = () => setMoment(store.moment());
    const connection = new WallConnection(search, {
      onFrame: (event, text) => {
        const used = store.apply(event, text);
        show();
        return used;
      },
      onLost: show,
      onRefused: (reason) => {
        store.refuse(reason);
        show();
      },
    });
    const wake = () => connection.connect();
    const onPageShow = (event: PageTransitionEvent) => {
      if (event.persisted) wake();
    };
    const timer = setInterval(show, TICK_MS);
    window.addEventListener('online', wake);
    window.addEventListener('pageshow', onPageShow);
    show();
    wake();
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', wake);
      window.removeEventListener('pageshow', onPageShow);
      connection.close();
    };
  }, [search]);
  return moment;
}
