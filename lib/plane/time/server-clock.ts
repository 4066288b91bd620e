import { parseTimeMs } from './age';
import { ServerClockEstimate } from './server-clock-estimate';
import { SlewedClock } from './slewed-clock';

/**
 * The API server's clock in a browser. Learns it from the `serverTime` of each frame and continues with a monotonic
 * clock in between, so a browser with a wrong clock shows the same ages as any other.
 */
export class ServerClock {
  private readonly estimate = new ServerClockEstimate();
  private readonly slewed = new SlewedClock();
  private seedOffsetMs: number | null = null;

  /**
   * @param monotonicMs never goes back and includes the time that the machine slept, like a `SleepAwareClock`
   * @param wallMs the browser's own clock, used only until the API server's time is known
   */
  constructor(
    private readonly monotonicMs: () => number,
    private readonly wallMs: () => number = Date.now,
  ) {}

  /** The offset to add to the monotonic clock according to the frames, or null before the first frame. */
  get offsetMs(): number | null {
    return this.estimate.offsetMs;
  }

  /**
   * Starts the clock at the time when the server rendered the page. It lags by the time the page took to arrive,
   * until the first frame replaces it. Only the first call counts: later renders are no newer than the frames.
   *
   * @param serverTime RFC 3339; anything else is ignored
   */
  seed(serverTime: string): void {
    const serverTimeMs = parseTimeMs(serverTime);
    if (serverTimeMs !== null) this.seedOffsetMs ??= serverTimeMs - this.monotonicMs();
  }

  /**
   * Learns from the time in a frame.
   *
   * @param serverTime the API server's clock when the frame was created, RFC 3339; anything else is ignored
   * @param receivedAtMs when the frame arrived, on the monotonic clock
   */
  observe(serverTime: string, receivedAtMs: number): void {
    const serverTimeMs = parseTimeMs(serverTime);
    if (serverTimeMs !== null) this.estimate.add(serverTimeMs, receivedAtMs);
  }

  /**
   * The API server's clock, milliseconds since the epoch. It ticks evenly: a better estimate doesn't make it jump.
   */
  nowMs(): number {
    const offsetMs = this.estimate.offsetMs ?? this.seedOffsetMs;
    return offsetMs === null ? this.wallMs() : this.slewed.nowMs(this.monotonicMs(), offsetMs);
  }
}
