import type { FleetItem } from '@/lib/plane/fleet/fleet-items';
import { type AttentionCounts, type AttentionState, countAttention } from '@/lib/plane/health/attention';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import { parseTimeMs } from '@/lib/plane/time/age';
import { type FleetInput, type FleetRow, fleetRow, healthFacts } from './derived-fleet';
import type { FleetList } from './use-fleet-list';

/** What rows that no feed keeps up to date are judged by. */
export type Known = Omit<FleetInput, 'planes'>;

/** A row that no feed keeps up to date, judged again at `nowMs` (the API server's clock): it must not stay green. */
export function agedRow({ plane }: FleetRow, known: Known, nowMs: number): FleetRow {
  return fleetRow(plane, deriveHealth(plane, healthFacts(plane, known, nowMs), nowMs), nowMs);
}

/**
 * The head of the list as the server rendered it, at a later moment. Of the planes that it does not hold only the count
 * is known: that follows once contact with all of them is lost, for then every plane is unknown.
 */
export function agedFleetList(first: FleetList, known: Known, nowMs: number): FleetList {
  const allLost = known.sources.every(({ lastContactAt }) => {
    const contactAtMs = parseTimeMs(lastContactAt ?? undefined);
    return contactAtMs === null || nowMs - contactAtMs > known.limits.contactLostMs;
  });
  const counts: Record<AttentionState, number> = { ...first.counts };
  const items = first.items.map((item): FleetItem<FleetRow> => {
    if (item.type === 'group') return allLost ? { ...item, counts: allUnknown(item.counts) } : item;
    const entry = agedRow(item.entry, known, nowMs);
    counts[item.entry.attention] -= 1;
    counts[entry.attention] += 1;
    return { ...item, entry };
  });
  return { ...first, items, counts: allLost ? allUnknown(counts) : counts };
}

/** What is in maintenance stays so: that it is, no contact is needed to know. */
function allUnknown(counts: AttentionCounts): AttentionCounts {
  const { maintenance } = counts;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { ...countAttention([]), maintenance, unknown: all - maintenance };
}
