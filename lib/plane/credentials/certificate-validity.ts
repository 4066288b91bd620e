import { parseTimeMs } from '@/lib/plane/time/age';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Below it, hours are told: "1 day left" would hide that it is tonight. */
const HOURS_BELOW_DAYS = 2;
/** From when on an end is near: the wizard warns from thirty days before. */
const ENDING_MS = 30 * DAY_MS;

export interface ValidityText {
  readonly state: 'valid' | 'ending' | 'expired' | 'not-yet' | 'unknown';
  /** `valid, 364 days left`, `expired 3 days ago`, `not valid yet, begins in 5 hours`. */
  readonly words: string;
}

/**
 * What a certificate's dates mean at a moment, in words.
 * @param notBefore RFC 3339
 * @param notAfter RFC 3339
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function validityText(notBefore: string, notAfter: string, nowMs: number): ValidityText {
  const fromMs = parseTimeMs(notBefore);
  const toMs = parseTimeMs(notAfter);
  if (fromMs === null || toMs === null) return { state: 'unknown', words: 'its dates cannot be read' };
  if (nowMs < fromMs)
    return { state: 'not-yet', words: `not valid yet, begins in ${spanWords(fromMs - nowMs)}` };
  if (nowMs > toMs) return { state: 'expired', words: `expired ${spanWords(nowMs - toMs)} ago` };
  const leftMs = toMs - nowMs;
  return { state: leftMs < ENDING_MS ? 'ending' : 'valid', words: `valid, ${spanWords(leftMs)} left` };
}

/** Whole units, cut: what is left is never overstated. */
function spanWords(spanMs: number): string {
  if (spanMs < HOUR_MS) return 'less than an hour';
  const [count, unit] =
    spanMs < HOURS_BELOW_DAYS * DAY_MS
      ? [Math.floor(spanMs / HOUR_MS), 'hour']
      : [Math.floor(spanMs / DAY_MS), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
