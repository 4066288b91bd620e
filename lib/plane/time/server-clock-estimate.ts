const WINDOW_MS = 60_000;
/** A sample this far below the best one means that the server's clock was set back or this machine slept. */
const JUMP_MS = 5000;

interface Sample {
  readonly atMs: number;
  readonly offsetMs: number;
}

/**
 * Estimates how far the API server's clock is ahead of this browser's monotonic clock.
 *
 * Every frame carries the API server's time when it was created and arrives some time later, so a sample is never
 * above the truth. The largest sample of the last minute had the shortest delay and is the best.
 */
export class ServerClockEstimate {
  private samples: Sample[] = [];

  /** Null until the first sample. */
  get offsetMs(): number | null {
    const [first, ...rest] = this.samples;
    return first ? rest.reduce((best, sample) => Math.max(best, sample.offsetMs), first.offsetMs) : null;
  }

  /**
   * Adds a sample.
   *
   * @param serverTimeMs the API server's clock in a frame
   * @param nowMs the monotonic clock when the frame arrived
   */
  add(serverTimeMs: number, nowMs: number): void {
    const offsetMs = serverTimeMs - nowMs;
    const best = this.offsetMs;
    const jumped = best !== null && offsetMs < best - JUMP_MS;
    const recent = jumped ? [] : this.samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS);
    this.samples = [...recent, { atMs: nowMs, offsetMs }];
  }
}
