import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './duration';

/**
 * An age or a span as people read it: `0 s`, `59 s`, `3 min`, `2 h 5 min`, `26 h`, `8 d`.
 * In: milliseconds; negative ones count as zero. Whole units are cut, not rounded, so that "3 min" is never shown early.
 */
export function formatAge(ageMs: number): string {
  const ms = Math.max(0, ageMs);
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < 12 * HOUR_MS) {
    const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(ms / HOUR_MS)} h${minutes > 0 ? ` ${minutes} min` : ''}`;
  }
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.floor(ms / DAY_MS)} d`;
}

/** Milliseconds since the epoch of an RFC 3339 time, or null when there is none or it cannot be read. */
export function parseTimeMs(time: string | undefined): number | null {
  if (time === undefined) return null;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? null : ms;
}

/** `2026-11-20T02:57:09Z`: RFC 3339 in whole seconds, as Kubernetes stores times. In: milliseconds since the epoch. */
export function formatRfc3339(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** `2026-11-20 02:57:09 UTC`. In: milliseconds since the epoch. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-11-20 02:57` without seconds and zone, for sentences that say UTC once. */
function formatUtcMinute(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The span in which something happened that was only noticed afterwards:
 * `between 2026-11-20 02:57 and 02:59 UTC`, with the date repeated only when it differs.
 */
export function formatUtcSpan(fromMs: number, toMs: number): string {
  const from = formatUtcMinute(fromMs);
  const to = formatUtcMinute(toMs);
  if (from === to) return `at ${from} UTC`;
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return `between ${from} and ${sameDay ? to.slice(11) : to} UTC`;
}

/**
 * An age that changes every second below ten minutes (`42 s`, `3 min 05 s`), which is where a heartbeat becomes late and
 * then stale. From ten minutes on it reads as `formatAge` writes it.
 */
export function formatTickingAge(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= 10 * MINUTE_MS) return formatAge(ageMs);
  const seconds = Math.floor((ageMs % MINUTE_MS) / SECOND_MS);
  return `${Math.floor(ageMs / MINUTE_MS)} min ${String(seconds).padStart(2, '0')} s`;
}
