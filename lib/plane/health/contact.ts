import type { HealthLimits } from './health-facts';

/**
 * Whether contact was proven lately enough for what was heard to count as current. Contact that lies further in the
 * future than clocks may differ proves nothing: a clock was set since, and nobody can say how old it is.
 *
 * @param contactAtMs and nowMs are on the API server's clock, milliseconds since the epoch; null: never
 */
export function isContactFresh(contactAtMs: number | null, limits: HealthLimits, nowMs: number): boolean {
  if (contactAtMs === null) return false;
  const ageMs = nowMs - contactAtMs;
  return ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.contactLostMs;
}
