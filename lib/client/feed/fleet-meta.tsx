'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { ApiServer, FleetSnapshot, Source } from '@/lib/api/fleet';
import type { ControlPlane } from '@/lib/plane/health/gateway-certificates';
import type { Incident } from '@/lib/plane/health/incident';
import type { Delivery } from './event-stream';
import { getFleetState, seedServerClock, subscribeFleet } from './fleet-feed';

/** The server's data about the whole fleet when it rendered the page, without the planes. */
export type FirstPaint = Pick<
  FleetSnapshot,
  'serverTime' | 'installation' | 'limits' | 'apiServer' | 'sources' | 'incidents' | 'controlPlane'
>;

const FirstPaintContext = createContext<FirstPaint | null>(null);

export function FirstPaintProvider({
  value,
  children,
}: {
  readonly value: FirstPaint;
  readonly children: ReactNode;
}) {
  // Called before anything below reads the clock. Only the first call counts, so rendering twice is harmless.
  if (typeof window !== 'undefined') seedServerClock(value.serverTime);
  return <FirstPaintContext value={value}>{children}</FirstPaintContext>;
}

/** Returns what the page shows until the feed's first snapshot; hydration has to match it. */
export function useFirstPaint(): FirstPaint {
  const value = useContext(FirstPaintContext);
  if (!value) throw new Error('useFirstPaint requires a FirstPaintProvider.');
  return value;
}

/** The data about the whole fleet, without its planes. */
interface FleetMeta {
  readonly installation: string;
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
  readonly incidents: readonly Incident[];
  readonly controlPlane: ControlPlane;
}

function useFeed<T>(read: () => T | null, first: T): T {
  return useSyncExternalStore(subscribeFleet, read, () => null) ?? first;
}

function hasSnapshot(): boolean {
  return getFleetState().epoch !== null;
}

/**
 * Returns the data about the whole fleet: from the feed or, until the first snapshot, as the server rendered them.
 */
export function useFleetMeta(): FleetMeta {
  const first = useFirstPaint();
  return {
    installation: first.installation,
    apiServer: useFeed(() => (hasSnapshot() ? getFleetState().apiServer : null), first.apiServer),
    sources: useFeed(() => (hasSnapshot() ? getFleetState().sources : null), first.sources),
    incidents: useFeed(() => (hasSnapshot() ? getFleetState().incidents : null), first.incidents),
    controlPlane: useFeed(() => (hasSnapshot() ? getFleetState().controlPlane : null), first.controlPlane),
  };
}

/** Returns how the feed's frames arrive. */
export function useFeedDelivery(): Delivery {
  return useFeed(() => getFleetState().delivery, 'stream');
}

/** Returns the server's sentence if it doesn't admit this browser because there are too many; null otherwise. */
export function useFeedRefusal(): string | null {
  return useFeed(() => getFleetState().refusal, null);
}
