'use client';

import { useCallback } from 'react';
import { useUrlState } from '@/lib/client/use-url-state';
import { fleetViewSearch, parseFleetView } from '@/lib/plane/fleet/fleet-url';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';

export type ChangeView = (change: Partial<FleetView>, options?: { readonly push?: boolean }) => void;

/** What the person chose about the list, kept in the URL; what is searched for is written a moment after it is typed. */
export function useFleetView(): readonly [FleetView, ChangeView] {
  const [view, change] = useUrlState(parseFleetView, fleetViewSearch);
  const changeView = useCallback<ChangeView>(
    (patch, { push = false } = {}) =>
      change(patch, { push, typed: Object.keys(patch).length === 1 && patch.q !== undefined }),
    [change],
  );
  return [view, changeView];
}
