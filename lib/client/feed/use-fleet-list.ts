'use client';

import { useDeferredValue, useMemo } from 'react';
import { type Filtered, filterEntries } from '@/lib/plane/fleet/fleet-filter';
import { type FleetItem, fleetItems } from '@/lib/plane/fleet/fleet-items';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';
import type { AttentionCounts } from '@/lib/plane/health/attention';
import type { FleetRow } from './derived-fleet';

/** What the list shows: its lines, and the numbers above it. */
export interface FleetList {
  readonly items: readonly FleetItem<FleetRow>[];
  /** How many planes there are at all, and how many of them the view shows. */
  readonly total: number;
  readonly shown: number;
  readonly counts: AttentionCounts;
}

/**
 * Sorts when planes or the sorting change, filters on each keystroke: the two are kept apart because sorting ten
 * thousand planes takes ten times as long as filtering them.
 */
export function useFleetList(
  rows: readonly FleetRow[] | null,
  view: FleetView,
): FleetList & { readonly shownRows: readonly FleetRow[] } {
  const { sort, group, closed } = view;
  const sorted = useMemo(() => sortEntries(rows ?? [], sort), [rows, sort]);
  const filter = useDeferredValue(view);
  const filtered: Filtered<FleetRow> = useMemo(() => filterEntries(sorted, filter), [sorted, filter]);
  const items = useMemo(() => fleetItems(filtered.entries, { group, closed }), [filtered, group, closed]);
  return {
    items,
    total: sorted.length,
    shown: filtered.entries.length,
    counts: filtered.counts,
    shownRows: filtered.entries,
  };
}
