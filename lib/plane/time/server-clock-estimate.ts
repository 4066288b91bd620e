const WINDOW_MS = 60_000;
/** A sample that far below the best one says that the server's clock was set back, or that this machine slept. */
const JUMP_MS = 5000;

interface Sample {
  readonly atMs: number;
  readonly offsetMs: number;
}

/**
 * Estimates how far the API server's clock is ahead of this browser's monotonic clock.
 *
 * Every frame says what the API server's clock was when it was made, and arrives some time later, so a sample is never
 * above the truth: the largest of the last minute was delayed least and is the best.
 */
export class ServerClockEstimate {
  private samples: Sample[] = [];

  /** Null until the first sample. */
  get offsetMs(): number | null {
    const [first, ...rest] = this.samples;
    return first ? rest.reduce((best, sample) => Math.max(best, sample.offsetMs), first.offsetMs) : null;
  }

  /** @param serverTimeMs the API server's clock in a frame; @param nowMs the monotonic clock when it arrived */
  add(serverTimeMs: number, nowMs: number): void {
    const offsetMs = serverTimeMs - nowMs;
    const best = this.offsetMs;
    const jumped = best !== null && offsetMs < best - JUMP_MS;
    const kept = jumped ? [] : this.samples.filter((sample) => nowMs - sample.atMs <= WINDOW_MS);
    this.samples = [...kept, { atMs: nowMs, offsetMs }];
  }
}
