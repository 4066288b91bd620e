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

const RFC_3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,30})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** What Go writes for a time that was never set: 0001-01-01T00:00:00Z. */
const GO_ZERO_MS = Date.parse('0001-01-01T00:00:00Z');

/**
 * Parses an RFC 3339 time with a zone into milliseconds since the epoch, or null if it's missing, empty, Go's zero time
 * or unreadable. `Date.parse` would accept February 30, 24 o'clock and many texts that are no times.
 */
export function parseTimeMs(time: string | null | undefined): number | null {
  const match = typeof time === 'string' ? RFC_3339.exec(time) : null;
  if (!match) return null;
  const [text, year, month, day] = match;
  if (Number(day) > 28 && Number(day) > daysOf(Number(year), Number(month))) return null;
  const ms = Date.parse(text.toUpperCase());
  return Number.isNaN(ms) || ms === GO_ZERO_MS ? null : ms;
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
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
