import { formatAge } from '@/lib/plane/time/age';

const MINUTE_MS = 60_000;
const TEN_MINUTES_MS = 10 * MINUTE_MS;

/**
 * An age that is watched: below ten minutes it moves each second (`42 s`, `3 min 05 s`), because that is where a
 * heartbeat becomes late and then stale; above, it is an ordinary age.
 * In: milliseconds; negative ones count as zero.
 */
export function formatTickingAge(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= TEN_MINUTES_MS) return formatAge(ageMs);
  const seconds = Math.floor((ageMs % MINUTE_MS) / 1000);
  return `${Math.floor(ageMs / MINUTE_MS)} min ${String(seconds).padStart(2, '0')} s`;
}
