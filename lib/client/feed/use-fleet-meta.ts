'use client';

import { useSyncExternalStore } from 'react';
import type { ApiServer, Source } from '@/lib/api/fleet';
import type { Incident } from '@/lib/plane/health/incident';
import { useFirstPaint } from './first-paint';
import { getFleetState, subscribeFleet } from './fleet-feed';

/** What is known of the whole fleet, beside its planes. */
export interface FleetMeta {
  readonly installation: string;
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
  readonly incidents: readonly Incident[];
}

function useFeed<T>(read: () => T | null, first: T): T {
  const value = useSyncExternalStore(subscribeFleet, read, () => null);
  return value ?? first;
}

/** Whether the feed has told anything yet; before, the page shows what the server rendered. */
function spoken(): boolean {
  return getFleetState().epoch !== null;
}

/** The whole fleet's facts: from the feed, or as the server rendered them until it has spoken. */
export function useFleetMeta(): FleetMeta {
  const first = useFirstPaint();
  return {
    installation: first.installation,
    apiServer: useFeed(() => (spoken() ? getFleetState().apiServer : null), first.apiServer),
    sources: useFeed(() => (spoken() ? getFleetState().sources : null), first.sources),
    incidents: useFeed(() => (spoken() ? getFleetState().incidents : null), first.incidents),
  };
}
