import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './duration';

/**
 * Formats an age or a span, in milliseconds: `0 s`, `59 s`, `3 min`, `2 h 5 min`, `26 h`, `8 days`. Negative
 * values count as zero. Rounds down to whole units, so "3 min" never appears early.
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
  const days = Math.floor(ms / DAY_MS);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

/** Parses an RFC 3339 time into milliseconds since the epoch, or null if it's missing or unreadable. */
export function parseTimeMs(time: string | undefined): number | null {
  if (time === undefined) return null;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Formats milliseconds since the epoch as `2026-11-20T02:57:09Z`: RFC 3339 in whole seconds, as Kubernetes stores
 * times.
 */
export function formatRfc3339(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** Formats milliseconds since the epoch as `2026-11-20 02:57:09 UTC`. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Formats a time as `2026-11-20 02:57`, for sentences that mention UTC only once. */
function formatUtcMinute(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * Formats the span of an event that was noticed only later: `between 2026-11-20 02:57 and 02:59 UTC`. Repeats the
 * date only if it differs.
 */
export function formatUtcSpan(fromMs: number, toMs: number): string {
  const from = formatUtcMinute(fromMs);
  const to = formatUtcMinute(toMs);
  if (from === to) return `at ${from} UTC`;
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return `between ${from} and ${sameDay ? to.slice(11) : to} UTC`;
}

/**
 * Formats an age that changes every second below ten minutes (`42 s`, `3 min 05 s`), when a heartbeat becomes late
 * and then stale. From ten minutes on, it equals `formatAge`.
 */
export function formatTickingAge(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= 10 * MINUTE_MS) return formatAge(ageMs);
  const seconds = Math.floor((ageMs % MINUTE_MS) / SECOND_MS);
  return `${Math.floor(ageMs / MINUTE_MS)} min ${String(seconds).padStart(2, '0')} s`;
}
