/** Health states, worst first: the order of the default sort and of every list of counts. */
export const HEALTH_STATES = [
  'disconnected',
  'stale',
  'unknown',
  'degraded',
  'pending',
  'deleting',
  'unmonitored',
  'healthy',
] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

const rank = new Map<HealthState, number>(HEALTH_STATES.map((state, index) => [state, index]));

/** Compares two states for sorting; negative when `a` is worse than `b`. */
export function compareHealthStates(a: HealthState, b: HealthState): number {
  return (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
}

/** The one-word label of a state, shown beside its shape and colour. */
export const HEALTH_LABELS: Record<HealthState, string> = {
  disconnected: 'Disconnected',
  stale: 'Stale',
  unknown: 'Unknown',
  degraded: 'Degraded',
  pending: 'Pending',
  deleting: 'Deleting',
  unmonitored: 'Not measured',
  healthy: 'Healthy',
};
