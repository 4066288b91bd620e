/**
 * What the wall clock may run ahead of the monotonic one between two looks, before it counts as sleep. More than the
 * step at which the estimate of the server's clock starts over, so that its old samples never mix with new ones.
 */
const SLEEP_MS = 10_000;

/**
 * A monotonic clock in milliseconds that counts the time for which the machine slept: some browsers' `performance.now()`
 * stands still then, and eight hours old data would pass for a second old until the first frame arrives. A wall clock
 * that is set forward looks the same, and then data count as older than they are until the next frame.
 */
export class SleepAwareClock {
  private seenRunMs: number;
  private seenWallMs: number;
  private sleptMs = 0;

  /** @param runMs never goes back; @param wallMs may be wrong and may be set, only its progress is used */
  constructor(
    private readonly runMs: () => number = () => performance.now(),
    private readonly wallMs: () => number = Date.now,
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

const clock = new SleepAwareClock();

/**
 * This browser's monotonic clock in milliseconds, from an arbitrary start. Ages are measured with it, because the wall
 * clock of a browser can be wrong by an hour and can be set while the page is open.
 */
export function monotonicMs(): number {
  return clock.nowMs();
}
