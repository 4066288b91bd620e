import type { z } from 'zod';
import type { healthReasonSchema, healthSchema } from './health-schema';

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

/** One reason for a state. `code` is for programs and help texts, `message` is a sentence for people. */
export type HealthReason = z.infer<typeof healthReasonSchema>;

/** A state with all its reasons, the one that names the state first. */
export type Health = z.infer<typeof healthSchema>;

/** A state in one word, as shown beside its shape and colour. */
export const HEALTH_WORDS: Record<HealthState, string> = {
  disconnected: 'Disconnected',
  stale: 'Stale',
  unknown: 'Unknown',
  degraded: 'Degraded',
  pending: 'Pending',
  deleting: 'Deleting',
  unmonitored: 'Not measured',
  healthy: 'Healthy',
};
