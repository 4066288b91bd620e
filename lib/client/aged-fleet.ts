import { parseTimeMs } from '@/lib/plane/age';
import type { HealthCounts } from '@/lib/plane/fleet-filter';
import type { FleetItem } from '@/lib/plane/fleet-items';
import { deriveHealth } from '@/lib/plane/health';
import { HEALTH_STATES, type HealthState } from '@/lib/plane/health-state';
import { type FleetInput, type FleetRow, healthFacts } from './derived-fleet';
import type { FleetList } from './use-fleet-list';

/** What rows that no feed keeps up to date are judged by. */
export type Known = Omit<FleetInput, 'planes'>;

/** A row that no feed keeps up to date, judged again at `nowMs` (the API server's clock): it must not stay green. */
export function agedRow({ plane }: FleetRow, known: Known, nowMs: number): FleetRow {
  return { plane, health: deriveHealth(plane, healthFacts(plane, known, nowMs), nowMs) };
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
  const counts: Record<HealthState, number> = { ...first.counts };
  const items = first.items.map((item): FleetItem<FleetRow> => {
    if (item.type === 'group') return allLost ? { ...item, counts: allUnknown(item.counts) } : item;
    const entry = agedRow(item.entry, known, nowMs);
    counts[item.entry.health.state] -= 1;
    counts[entry.health.state] += 1;
    return { ...item, entry };
  });
  return { ...first, items, counts: allLost ? allUnknown(first.counts) : counts };
}

function allUnknown(counts: HealthCounts): HealthCounts {
  const none = Object.fromEntries(HEALTH_STATES.map((state) => [state, 0])) as Record<HealthState, number>;
  return { ...none, unknown: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}
