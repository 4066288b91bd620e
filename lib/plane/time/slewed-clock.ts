/** Corrections up to this are spread out. A larger one means that a clock was changed, and is followed at once. */
export const SPREAD_MS = 2000;
/** How much faster or slower than real time the clock may run during a correction. */
const MAX_SLEW = 0.05;

/**
 * A clock whose offset to a monotonic clock is known only by improving estimates. Spreads small corrections out, so
 * ages tick evenly and never go back.
 */
export class SlewedClock {
  private last: { readonly atMs: number; readonly offsetMs: number } | null = null;

  /**
   * @param monotonicMs a clock that never goes back
   * @param targetOffsetMs the newest estimate of the offset to add to it
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
