/**
 * What the wall clock may run ahead of the monotonic one between two looks, before it counts as sleep. More than the
 * step at which the estimate of a server's clock starts over, so that its old samples never mix with new ones.
 */
const SLEEP_MS = 10_000;

/**
 * A monotonic clock in milliseconds that counts the time for which the machine slept: `performance.now()` stands still
 * then in some browsers and in Node on Linux, and eight hours old data would pass for a second old until somebody is
 * heard. A wall clock that is set forward looks the same, and then data count as older than they are until then.
 */
export class SleepAwareClock {
  private seenRunMs: number;
  private seenWallMs: number;
  private sleptMs = 0;

  /** @param runMs never goes back; @param wallMs may be wrong and may be set, only its progress is used */
  constructor(
    private readonly runMs: () => number,
    private readonly wallMs: () => number,
  ) {
    this.seenRunMs = runMs();
    this.seenWallMs = wallMs();
  }

  nowMs(): number {
    const [runMs, wallMs] = [this.runMs(), this.wallMs()];
    const missedMs = wallMs - this.seenWallMs - (runMs - this.seenRunMs);
    if (missedMs > SLEEP_MS) this.sleptMs += missedMs;
    this.seenRunMs = runMs;
    this.seenWallMs = wallMs;
    return runMs + this.sleptMs;
  }
}
