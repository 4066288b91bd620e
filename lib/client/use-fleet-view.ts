'use client';

import { useCallback } from 'react';
import type { FleetView } from '@/lib/plane/fleet-view';
import { fleetViewSearch, parseFleetView } from './fleet-url';
import { useUrlState } from './use-url-state';

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
