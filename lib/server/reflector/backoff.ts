import 'server-only';
import { paced } from '@/lib/plane/time/pace';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;
/** Longer than the API server requests. A proxy that requests a day would keep the planes unknown for a day. */
const LONGEST_REQUESTED_MS = 30_000;

/**
 * Growing, jittered pauses between attempts, which keep many dashboards from hammering a server that just came back.
 */
export class Backoff {
  private failures = 0;

  /** @param random from 0 to 1 */
  constructor(private readonly random: () => number = Math.random) {}

  /**
   * Returns the pause before the next attempt in milliseconds: half of it fixed, half random.
   *
   * @param retryAfterMs what the server requested; it gets this pause, at most half a minute, plus some spread, however
   * many attempts failed
   */
  next(retryAfterMs: number | null = null): number {
    if (retryAfterMs !== null) return Math.min(retryAfterMs, LONGEST_REQUESTED_MS) * (1 + this.random() / 2);
    const ceiling = paced(Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.failures));
    this.failures = Math.min(this.failures + 1, 20);
    return ceiling * (0.5 + this.random() / 2);
  }

  /** Whether nothing has failed since the last reset. */
  get fresh(): boolean {
    return this.failures === 0;
  }

  reset(): void {
    this.failures = 0;
  }
}
