import 'server-only';
import { SlewedClock } from '@/lib/plane/time/slewed-clock';
import { monotonicMs as processMonotonicMs } from '@/lib/server/process/monotonic-clock';

/** An upper bound for the drift between the clocks of two machines. */
const MAX_DRIFT = 500 / 1_000_000;

interface Bounds {
  readonly lowMs: number;
  readonly highMs: number;
  readonly atMs: number;
}

/**
 * The API server's clock, derived from its `Date` headers.
 *
 * A header has whole seconds, and was written at some moment between request and answer. Each one thus bounds the
 * offset to this machine's monotonic clock from both sides, and the intersection of many comes close to the truth.
 * Bounds that don't meet mean that a clock was set; then the newest count.
 */
export class ApiServerClock {
  private bounds: Bounds | null = null;
  private readonly slewed = new SlewedClock();

  /** @param monotonicMs a clock that never goes back; tests inject their own */
  constructor(
    private readonly monotonicMs: () => number = processMonotonicMs,
    private readonly wallMs: () => number = Date.now,
  ) {}

  /** Whether any answer has contained a time; until then `nowMs` is this machine's own clock. */
  get known(): boolean {
    return this.bounds !== null;
  }

  /**
   * Takes in one answer's `Date` header.
   *
   * @param sentAtMs and receivedAtMs are on the monotonic clock
   */
  observe(dateHeader: string | undefined, sentAtMs: number, receivedAtMs: number): void {
    const secondMs = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader);
    if (Number.isNaN(secondMs)) return;
    const fresh = { lowMs: secondMs - receivedAtMs, highMs: secondMs + 1000 - sentAtMs, atMs: receivedAtMs };
    const before = this.bounds;
    if (!before) {
      this.bounds = fresh;
      return;
    }
    const drift = (receivedAtMs - before.atMs) * MAX_DRIFT;
    const lowMs = Math.max(fresh.lowMs, before.lowMs - drift);
    const highMs = Math.min(fresh.highMs, before.highMs + drift);
    this.bounds = lowMs <= highMs ? { lowMs, highMs, atMs: receivedAtMs } : fresh;
  }

  /** Returns the API server's time in milliseconds since the epoch. An improved estimate doesn't make it jump. */
  nowMs(): number {
    if (!this.bounds) return this.wallMs();
    return this.slewed.nowMs(this.monotonicMs(), (this.bounds.lowMs + this.bounds.highMs) / 2);
  }
}
