import { parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';

/** Below this, the text shows hours: "1 day left" would hide that a certificate ends tonight. */
const HOURS_BELOW_DAYS = 2;
/** The wizard warns thirty days before the end. */
const ENDING_MS = 30 * DAY_MS;

export interface CertificateValidity {
  readonly state: 'valid' | 'ending' | 'expired' | 'not-yet' | 'unknown';
  /** `valid, 364 days left`, `expired 3 days ago`, `not valid yet, starts in 5 hours`. */
  readonly text: string;
}

/**
 * Describes a certificate's validity at a time.
 *
 * @param notBefore RFC 3339
 * @param notAfter RFC 3339
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function certificateValidity(notBefore: string, notAfter: string, nowMs: number): CertificateValidity {
  const fromMs = parseTimeMs(notBefore);
  const toMs = parseTimeMs(notAfter);
  if (fromMs === null || toMs === null) return { state: 'unknown', text: 'unreadable dates' };
  if (toMs < fromMs) return { state: 'expired', text: 'never valid, ends before it begins' };
  if (nowMs < fromMs)
    return { state: 'not-yet', text: `not valid yet, starts in ${spanText(fromMs - nowMs)}` };
  if (nowMs > toMs) return { state: 'expired', text: `expired ${spanText(nowMs - toMs)} ago` };
  const leftMs = toMs - nowMs;
  return { state: leftMs < ENDING_MS ? 'ending' : 'valid', text: `valid, ${spanText(leftMs)} left` };
}

/** Rounds down to whole units, so the remaining time is never overstated. */
function spanText(spanMs: number): string {
  if (spanMs < HOUR_MS) return 'less than an hour';
  const [count, unit] =
    spanMs < HOURS_BELOW_DAYS * DAY_MS
      ? [Math.floor(spanMs / HOUR_MS), 'hour']
      : [Math.floor(spanMs / DAY_MS), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
