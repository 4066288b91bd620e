'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { ApiServer, FleetSnapshot, Source } from '@/lib/api/fleet';
import type { Incident } from '@/lib/plane/health/incident';
import { getFleetState, seedServerClock, subscribeFleet } from './fleet-feed';

/** What the server knew of the whole fleet while it rendered the page, without the planes themselves. */
export type FirstPaint = Pick<
  FleetSnapshot,
  'serverTime' | 'installation' | 'limits' | 'apiServer' | 'sources' | 'incidents'
>;

const FirstPaintContext = createContext<FirstPaint | null>(null);

export function FirstPaintProvider({
  value,
  children,
}: {
  readonly value: FirstPaint;
  readonly children: ReactNode;
}) {
  // Before anything below reads the clock. Only the first call counts, so rendering twice is harmless.
  if (typeof window !== 'undefined') seedServerClock(value.serverTime);
  return <FirstPaintContext value={value}>{children}</FirstPaintContext>;
}

/** What the page shows until the first snapshot of the feed, and what hydration has to match. */
export function useFirstPaint(): FirstPaint {
  const value = useContext(FirstPaintContext);
  if (!value) throw new Error('useFirstPaint needs a FirstPaintProvider above it.');
  return value;
}

/** What is known of the whole fleet, without its planes. */
interface FleetMeta {
  readonly installation: string;
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
  readonly incidents: readonly Incident[];
}

function useFeed<T>(read: () => T | null, first: T): T {
  return useSyncExternalStore(subscribeFleet, read, () => null) ?? first;
}

function hasSnapshot(): boolean {
  return getFleetState().epoch !== null;
}

/** What is known of the whole fleet: from the feed, or as the server rendered it until the first snapshot. */
export function useFleetMeta(): FleetMeta {
  const first = useFirstPaint();
  return {
    installation: first.installation,
    apiServer: useFeed(() => (hasSnapshot() ? getFleetState().apiServer : null), first.apiServer),
    sources: useFeed(() => (hasSnapshot() ? getFleetState().sources : null), first.sources),
    incidents: useFeed(() => (hasSnapshot() ? getFleetState().incidents : null), first.incidents),
  };
}
