/**
 * The lead of the wall clock over the monotonic one, between two calls, that counts as sleep. More than the step at
 * which the estimate of a server's clock starts over, so its old samples never mix with new ones.
 */
const SLEEP_MS = 10_000;

/**
 * A monotonic clock in milliseconds that includes the time that the machine slept. `performance.now()` stops during
 * sleep in some browsers and in Node on Linux; eight-hour-old data would then count as a second old until the next
 * message. A wall clock that is set forward looks like sleep, and data then count as older than they are until the
 * next message.
 */
export class SleepAwareClock {
  private seenRunMs: number;
  private seenWallMs: number;
  private countedMs = 0;

  /**
   * @param runMs never goes back
   * @param wallMs may be wrong and may be changed; only its progress is used
   */
  constructor(
    private readonly runMs: () => number,
    private readonly wallMs: () => number,
  ) {
    this.seenRunMs = runMs();
    this.seenWallMs = wallMs();
  }

  /** How much of `nowMs` was counted as sleep. */
  get sleptMs(): number {
    return this.countedMs;
  }

  nowMs(): number {
    const [runMs, wallMs] = [this.runMs(), this.wallMs()];
    const missedMs = wallMs - this.seenWallMs - (runMs - this.seenRunMs);
    if (missedMs > SLEEP_MS) this.countedMs += missedMs;
    this.seenRunMs = runMs;
    this.seenWallMs = wallMs;
    return runMs + this.countedMs;
  }
}
