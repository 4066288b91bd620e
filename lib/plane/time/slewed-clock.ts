/** A correction up to this is spread out; a larger one is a clock that was set, and is followed at once. */
const SPREAD_MS = 2000;
/** How much faster or slower than real time the clock may run while it corrects itself. */
const MAX_SLEW = 0.05;

/**
 * Tells a time whose offset to a monotonic clock is known only by estimates that get better: small corrections are
 * spread out, so that ages tick evenly and never go back.
 */
export class SlewedClock {
  private last: { readonly atMs: number; readonly offsetMs: number } | null = null;

  /**
   * @param monotonicMs a clock that never goes back
   * @param targetOffsetMs the newest estimate of what has to be added to it
   */
  nowMs(monotonicMs: number, targetOffsetMs: number): number {
    const offsetMs = this.nextOffset(monotonicMs, targetOffsetMs);
    this.last = { atMs: monotonicMs, offsetMs };
    return monotonicMs + offsetMs;
  }

  private nextOffset(monotonicMs: number, targetOffsetMs: number): number {
    if (!this.last) return targetOffsetMs;
    const correctionMs = targetOffsetMs - this.last.offsetMs;
    if (Math.abs(correctionMs) > SPREAD_MS) return targetOffsetMs;
    const limitMs = Math.max(0, monotonicMs - this.last.atMs) * MAX_SLEW;
    return this.last.offsetMs + Math.max(-limitMs, Math.min(limitMs, correctionMs));
  }
}
