'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FleetView } from '@/lib/plane/fleet-view';
import { fleetViewSearch, parseFleetView } from './fleet-url';

/** Browsers refuse more than about a hundred history writes in ten seconds; typing stays far below with this. */
const URL_WRITE_DELAY_MS = 250;

export type ChangeView = (change: Partial<FleetView>, options?: { readonly push?: boolean }) => void;

/**
 * What the person chose about the list, kept in the URL. A choice shows at once and is written to the URL at once;
 * typing is written a moment later. `push` makes a step that the back button undoes.
 */
export function useFleetView(): readonly [FleetView, ChangeView] {
  const params = useSearchParams();
  const search = params.toString();
  const [view, setView] = useState(() => parseFleetView(params));
  const latest = useRef(view);
  const writer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and links change the URL from outside: then it is the URL that counts.
  useEffect(() => {
    const parsed = parseFleetView(new URLSearchParams(search));
    if (writer.current !== undefined || fleetViewSearch(parsed) === fleetViewSearch(latest.current)) return;
    latest.current = parsed;
    setView(parsed);
  }, [search]);

  useEffect(() => () => clearTimeout(writer.current), []);

  const change = useCallback<ChangeView>((patch, { push = false } = {}) => {
    const next = { ...latest.current, ...patch };
    latest.current = next;
    setView(next);
    clearTimeout(writer.current);
    const write = () => {
      writer.current = undefined;
      const url = `${window.location.pathname}${fleetViewSearch(next)}`;
      if (push) window.history.pushState(null, '', url);
      else window.history.replaceState(null, '', url);
    };
    if (Object.keys(patch).length === 1 && patch.q !== undefined)
      writer.current = setTimeout(write, URL_WRITE_DELAY_MS);
    else write();
  }, []);

  return useMemo(() => [view, change] as const, [view, change]);
}
