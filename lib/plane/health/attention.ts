import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { HEALTH_LABELS, type HealthState } from './health-state';

/**
 * The states that a plane's attention can have, worst first: its health, or maintenance while planned work takes it
 * out of the alarms. Maintenance sorts after everything that may need action, and before planes that are healthy or
 * not measured.
 */
export const ATTENTION_STATES = [
  'disconnected',
  'stale',
  'unknown',
  'degraded',
  'pending',
  'deleting',
  'maintenance',
  'unmonitored',
  'healthy',
] as const satisfies readonly (HealthState | 'maintenance')[];
export type AttentionState = (typeof ATTENTION_STATES)[number];

/** The one-word label of a state, shown beside its shape and colour. */
export const ATTENTION_LABELS: Readonly<Record<AttentionState, string>> = {
  ...HEALTH_LABELS,
  maintenance: 'Maintenance',
};

/** The number of planes in each state. */
export type AttentionCounts = Readonly<Record<AttentionState, number>>;

/** Pending, deleting and maintenance are no alarms. */
const ALARMS: ReadonlySet<AttentionState> = new Set(['disconnected', 'stale', 'unknown', 'degraded']);

const rank = new Map<AttentionState, number>(ATTENTION_STATES.map((state, index) => [state, index]));

/**
 * Returns a plane's attention, which applies everywhere: in the list, on the wall, in titles and metrics. A plane in
 * maintenance counts as neither healthy nor an alarm, whatever its health. Its health counts again from the moment
 * maintenance ends.
 *
 * @param state the plane's health
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function attentionOf(
  plane: { readonly maintenance?: Maintenance | undefined },
  state: HealthState,
  nowMs: number,
): AttentionState {
  return activeMaintenance(plane, nowMs) === null ? state : 'maintenance';
}

/** Returns whether a state needs action now. */
export function isAlarm(state: AttentionState): boolean {
  return ALARMS.has(state);
}

/** Compares two states for sorting; negative when `a` is worse than `b`. */
export function compareAttention(a: AttentionState, b: AttentionState): number {
  return (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
}

/** Counts states. States that don't occur count 0. */
export function countAttention(states: Iterable<AttentionState>): Record<AttentionState, number> {
  const counts = Object.fromEntries(ATTENTION_STATES.map((state) => [state, 0])) as Record<
    AttentionState,
    number
  >;
  for (const state of states) counts[state] += 1;
  return counts;
}
