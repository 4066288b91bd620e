import 'server-only';

/** An upper bound for the drift between the clocks of two machines. */
const MAX_DRIFT = 500 / 1_000_000;
/** A `Date` header has whole seconds. */
const HEADER_RESOLUTION_MS = 1000;

/** Between which offsets to this machine's monotonic clock another clock is, in milliseconds. */
export interface ClockBounds {
  readonly lowMs: number;
  readonly highMs: number;
  /** When it was last read, on the monotonic clock. */
  readonly atMs: number;
}

/**
 * Returns the bounds that one `Date` header sets, which has whole seconds; null for an invalid one.
 *
 * @param sentAtMs and receivedAtMs are on the monotonic clock
 */
export function clockBounds(
  dateHeader: string | undefined,
  sentAtMs: number,
  receivedAtMs: number,
): ClockBounds | null {
  const secondMs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(secondMs)) return null;
  return {
    lowMs: secondMs - receivedAtMs,
    highMs: secondMs + HEADER_RESOLUTION_MS - sentAtMs,
    atMs: receivedAtMs,
  };
}

/** Returns the bounds that both readings of a clock allow; null if they can't be of the same clock. */
export function agreeing(before: ClockBounds, fresh: ClockBounds): ClockBounds | null {
  const drift = Math.max(0, fresh.atMs - before.atMs) * MAX_DRIFT;
  const lowMs = Math.max(fresh.lowMs, before.lowMs - drift);
  const highMs = Math.min(fresh.highMs, before.highMs + drift);
  return lowMs <= highMs ? { lowMs, highMs, atMs: Math.max(before.atMs, fresh.atMs) } : null;
}

/**
 * Returns the offset that the bounds make likely: the lower one and half of the second that a header leaves open. A slow
 * exchange widens the bounds, and their middle would be ahead of the truth by up to half its time. Browsers count
 * on times that are never far ahead, and correct a time that lags at once.
 */
export function likelyOffsetMs({ lowMs, highMs }: ClockBounds): number {
  return lowMs + Math.min(highMs - lowMs, HEADER_RESOLUTION_MS) / 2;
}
