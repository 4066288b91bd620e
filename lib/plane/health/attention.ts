import type { Maintenance } from '@/lib/plane/model/maintenance';
import { HEALTH_LABELS, type HealthState } from './health-state';
import { activeMaintenance } from './maintenance';

/**
 * How planes stand for whoever watches them, worst first: their health, unless planned work takes a plane out of the
 * alarms for a while. Maintenance comes after everything that may want somebody, and before what is well or not measured.
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

/** A state in one word, as shown beside its shape and colour. */
export const ATTENTION_LABELS: Readonly<Record<AttentionState, string>> = {
  ...HEALTH_LABELS,
  maintenance: 'Maintenance',
};

/** How many planes are in each state. */
export type AttentionCounts = Readonly<Record<AttentionState, number>>;

/** Alarms: what is still to come, on its way out, or in maintenance is none. */
const ALARMS: ReadonlySet<AttentionState> = new Set(['disconnected', 'stale', 'unknown', 'degraded']);

const rank = new Map<AttentionState, number>(ATTENTION_STATES.map((state, index) => [state, index]));

/**
 * What a plane counts as, everywhere: in the list, on the wall, in titles and metrics. A plane in maintenance is neither
 * well nor in trouble, whatever its health; it is what its health says again from the moment at which that ends.
 *
 * @param state its health
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function attentionOf(
  plane: { readonly maintenance?: Maintenance | undefined },
  state: HealthState,
  nowMs: number,
): AttentionState {
  return activeMaintenance(plane, nowMs) === null ? state : 'maintenance';
}

/** Whether a state wants somebody now. */
export function isAlarm(state: AttentionState): boolean {
  return ALARMS.has(state);
}

/** Compares two states for sorting; negative when `a` is worse than `b`. */
export function compareAttention(a: AttentionState, b: AttentionState): number {
  return (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
}

/** Counts states, those that do not occur as 0. */
export function countAttention(states: Iterable<AttentionState>): Record<AttentionState, number> {
  const counts = Object.fromEntries(ATTENTION_STATES.map((state) => [state, 0])) as Record<
    AttentionState,
    number
  >;
  for (const state of states) counts[state] += 1;
  return counts;
}
