'use client';

import { useMemo } from 'react';
import { deriveRow, type FleetContext, type FleetRow } from '@/lib/client/feed/derived-fleet';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint } from '@/lib/client/feed/fleet-meta';
import { useSecondsSinceFirstPaint } from '@/lib/client/feed/tick';
import { type FilteredEntries, filterEntries, presentStates } from '@/lib/plane/fleet/fleet-filter';
import { type FleetItem, fleetItems } from '@/lib/plane/fleet/fleet-group';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';
import {
  ATTENTION_STATES,
  type AttentionCounts,
  type AttentionState,
  countAttention,
} from '@/lib/plane/health/attention';
import { parseTimeMs } from '@/lib/plane/time/age';

/** The content of the list: its lines, and the counts above it. */
export interface FleetList {
  readonly items: readonly FleetItem<FleetRow>[];
  /** The number of planes, and how many of them the view shows. */
  readonly total: number;
  readonly shown: number;
  readonly counts: AttentionCounts;
  /** The states that any plane is in, so that the counts stay where they are while a search narrows them. */
  readonly present: readonly AttentionState[];
}

/**
 * Sorts when planes or the sorting change, and filters on each keystroke. These are separate steps because sorting
 * ten thousand planes takes ten times as long as filtering them. The filter isn't deferred: React would render twice,
 * and show the rows two frames later.
 */
export function useFleetList(
  rows: readonly FleetRow[] | null,
  view: FleetView,
): FleetList & { readonly shownRows: readonly FleetRow[] } {
  const { sort, group, closed } = view;
  const sorted = useMemo(() => sortEntries(rows ?? [], sort), [rows, sort]);
  const filtered: FilteredEntries<FleetRow> = useMemo(() => filterEntries(sorted, view), [sorted, view]);
  const present = useMemo(() => presentStates(sorted), [sorted]);
  const items = useMemo(() => fleetItems(filtered.entries, { group, closed }), [filtered, group, closed]);
  return {
    items,
    total: sorted.length,
    shown: filtered.entries.length,
    counts: filtered.counts,
    present,
    shownRows: filtered.entries,
  };
}

/**
 * Returns the server-rendered list, aging until the feed brings the planes. If the feed never comes, no plane may
 * look healthy forever.
 *
 * @param replaced whether the feed has replaced this list
 */
export function useRenderedFleetList(rendered: FleetList, replaced: boolean): FleetList {
  const firstPaint = useFirstPaint();
  const seconds = useSecondsSinceFirstPaint(!replaced);
  return useMemo(() => {
    if (replaced || seconds === 0) return rendered;
    const renderedAtMs = Date.parse(firstPaint.serverTime);
    const context = { ...firstPaint, serverContactAtMs: serverContactAtMs(renderedAtMs) };
    return ageFleetList(rendered, context, renderedAtMs + seconds * 1000);
  }, [rendered, replaced, firstPaint, seconds]);
}

/**
 * Ages the server-rendered list to a later moment. It holds only the first rows; all other planes are only counted.
 * Their counts change once contact with all kinds is lost, because then every plane is unknown.
 */
export function ageFleetList(rendered: FleetList, context: FleetContext, nowMs: number): FleetList {
  const allLost = context.sources.every(({ lastContactAt }) => {
    const contactAtMs = parseTimeMs(lastContactAt ?? undefined);
    return contactAtMs === null || nowMs - contactAtMs > context.limits.contactLostMs;
  });
  const counts: Record<AttentionState, number> = { ...rendered.counts };
  const items = rendered.items.map((item): FleetItem<FleetRow> => {
    if (item.type === 'group') return allLost ? { ...item, counts: countAsUnknown(item.counts) } : item;
    const entry = deriveRow(item.entry.plane, context, nowMs);
    counts[item.entry.attention] -= 1;
    counts[entry.attention] += 1;
    return { ...item, entry };
  });
  const aged = allLost ? countAsUnknown(counts) : counts;
  // A count of none that are healthy would still draw green from an old fact.
  const present = ATTENTION_STATES.filter((state) => aged[state] > 0);
  return { ...rendered, items, counts: aged, present };
}

/** Counts all planes as unknown, except those in maintenance: knowing about maintenance needs no contact. */
function countAsUnknown(counts: AttentionCounts): AttentionCounts {
  const { maintenance } = counts;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...countAttention([]), maintenance, unknown: all - maintenance };
}
