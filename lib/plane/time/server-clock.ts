import { parseTimeMs } from './age';
import { ServerClockEstimate } from './server-clock-estimate';
import { SlewedClock } from './slewed-clock';

/**
 * The API server's clock as a browser knows it: learnt from the `serverTime` of each frame, and counted on by a monotonic
 * clock in between, so that a browser whose own clock is wrong shows the same ages as any other.
 */
export class ServerClock {
  private readonly estimate = new ServerClockEstimate();
  private readonly slewed = new SlewedClock();
  private seedOffsetMs: number | null = null;

  /**
   * @param monotonicMs never goes back and counts the time for which the machine slept, as a `SleepAwareClock` does
   * @param wallMs the browser's own clock, used only while nothing is known of the API server's
   */
  constructor(
    private readonly monotonicMs: () => number,
    private readonly wallMs: () => number = Date.now,
  ) {}

  /** What has to be added to the monotonic clock, as far as frames have told; null until the first frame. */
  get offsetMs(): number | null {
    return this.estimate.offsetMs;
  }

  /**
   * Starts the clock at the time when the server rendered the page, which is late by as long as the page took to arrive.
   * The first frame replaces it. Only the first call counts: later renders are no newer than the frames.
   *
   * @param serverTime RFC 3339; anything else is ignored
   */
  seed(serverTime: string): void {
    const serverTimeMs = parseTimeMs(serverTime);
    if (serverTimeMs !== null) this.seedOffsetMs ??= serverTimeMs - this.monotonicMs();
  }

  /**
   * Takes in the time that a frame brought.
   *
   * @param serverTime the API server's clock when the frame was made, RFC 3339; anything else is ignored
   * @param receivedAtMs when the frame arrived, on the monotonic clock
   */
  observe(serverTime: string, receivedAtMs: number): void {
    const serverTimeMs = parseTimeMs(serverTime);
    if (serverTimeMs !== null) this.estimate.add(serverTimeMs, receivedAtMs);
  }

  /** The API server's clock, milliseconds since the epoch. It ticks evenly: a better estimate doesn't make it jump. */
  nowMs(): number {
    const offsetMs = this.estimate.offsetMs ?? this.seedOffsetMs;
    return offsetMs === null ? this.wallMs() : this.slewed.nowMs(this.monotonicMs(), offsetMs);
  }
}
