import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import { SlewedClock } from '@/lib/plane/time/slewed-clock';
import {
  monotonicMs as processMonotonicMs,
  sleptMs as processSleptMs,
} from '@/lib/server/process/monotonic-clock';
import { agreeing, type ClockBounds, clockBounds, likelyOffsetMs } from './clock-bounds';

/** A correction of more than this is no correction: somebody set a clock, or another server's clock answers. */
const JUMP_MS = 10_000;
/** A clock that hasn't been read for this long is gone, as after a jump forth and back. */
const GONE_MS = 60_000;
/** Responses that were on their way during a jump may still arrive for this long. */
const IN_FLIGHT_MS = 2000;
/** For how long a jump is reported after it was followed. */
const REPORTED_MS = 10 * 60_000;

/** Two clocks that the API server's responses have shown. */
export interface ClockDisagreement {
  /** How far the other clock is ahead of the one in use, in milliseconds; negative: behind. */
  readonly aheadMs: number;
  /** When they first disagreed, on the monotonic clock. */
  readonly sinceMs: number;
  /** Whether responses have shown both since, as behind a load balancer. */
  readonly isMixed: boolean;
  /** Whether the clock in use is the later one of the two. */
  readonly isFollowed: boolean;
}

interface OtherClock {
  readonly bounds: ClockBounds;
  readonly sinceMs: number;
}

export interface ApiServerClockOptions {
  /** Never goes back. Tests inject their own, as they do with the others. */
  readonly monotonicMs?: () => number;
  readonly wallMs?: () => number;
  /** How much of the monotonic clock was added because this machine seemed to sleep, in milliseconds. */
  readonly sleptMs?: () => number;
}

/**
 * The API server's clock, derived from its `Date` headers.
 *
 * A header has whole seconds, and was written at some moment between request and answer. Each one thus bounds the
 * offset to this machine's monotonic clock from both sides, and the intersection of many comes close to the truth.
 *
 * A jump isn't followed at once, because every heartbeat was written by another clock: `disagreement` reports it, and
 * `follow` changes to the other clock once something shows that it is the right one.
 */
export class ApiServerClock {
  private bounds: ClockBounds | null = null;
  private other: OtherClock | null = null;
  private agreedAtMs = Number.NEGATIVE_INFINITY;
  private isFollowed = false;
  private sleptMs = 0;
  private readonly slewed = new SlewedClock();
  private readonly options: Required<ApiServerClockOptions>;

  constructor({
    monotonicMs = processMonotonicMs,
    wallMs = Date.now,
    sleptMs = processSleptMs,
  }: ApiServerClockOptions = {}) {
    this.options = { monotonicMs, wallMs, sleptMs };
  }

  /** Whether any answer has contained a time; until then `nowMs` is this machine's own clock. */
  get known(): boolean {
    return this.bounds !== null;
  }

  /** The second clock that responses have shown; null: there is none. */
  get disagreement(): ClockDisagreement | null {
    const { bounds, other, isFollowed } = this;
    if (!bounds || !other) return null;
    const earlierReadAtMs = isFollowed ? other.bounds.atMs : this.agreedAtMs;
    return {
      aheadMs: likelyOffsetMs(other.bounds) - likelyOffsetMs(bounds),
      sinceMs: other.sinceMs,
      isMixed:
        earlierReadAtMs > other.sinceMs + IN_FLIGHT_MS &&
        this.options.monotonicMs() - earlierReadAtMs < paced(GONE_MS),
      isFollowed,
    };
  }

  /**
   * Takes in one answer's `Date` header.
   *
   * @param sentAtMs and receivedAtMs are on the monotonic clock
   */
  observe(dateHeader: string | undefined, sentAtMs: number, receivedAtMs: number): void {
    const fresh = clockBounds(dateHeader, sentAtMs, receivedAtMs);
    if (!fresh) return;
    const sleptMs = this.options.sleptMs();
    const { bounds, other } = this;
    const agreed = bounds && agreeing(bounds, fresh);
    if (agreed) {
      this.bounds = agreed;
      this.agreedAtMs = receivedAtMs;
      const keptMs = paced(this.isFollowed ? REPORTED_MS : GONE_MS);
      if (other && receivedAtMs - other.bounds.atMs > keptMs) this.other = null;
    } else if (!bounds || this.isOwnCorrection(bounds, fresh, sleptMs)) {
      this.bounds = fresh;
      this.agreedAtMs = receivedAtMs;
      this.other = null;
    } else this.observeOther(fresh);
    this.sleptMs = sleptMs;
  }

  /** Changes to the other clock. Returns how far it is ahead in milliseconds: 0 if there is none. */
  follow(): number {
    const { bounds, other, disagreement } = this;
    if (!bounds || !other || !disagreement) return 0;
    const readAtMs = Math.max(other.sinceMs, this.agreedAtMs);
    this.bounds = other.bounds;
    this.agreedAtMs = other.bounds.atMs;
    this.other = { bounds: { ...bounds, atMs: readAtMs }, sinceMs: other.sinceMs };
    this.isFollowed = !this.isFollowed;
    return disagreement.aheadMs;
  }

  /** Returns the API server's time in milliseconds since the epoch. An improved estimate doesn't make it jump. */
  nowMs(): number {
    if (!this.bounds) return this.options.wallMs();
    return this.slewed.nowMs(this.options.monotonicMs(), likelyOffsetMs(this.bounds));
  }

  /**
   * Whether a new reading is followed at once: it corrects a small error or, after this machine's wall clock was set
   * forward, the monotonic clock, which took that for sleep.
   */
  private isOwnCorrection(bounds: ClockBounds, fresh: ClockBounds, sleptMs: number): boolean {
    return sleptMs !== this.sleptMs || Math.abs(likelyOffsetMs(fresh) - likelyOffsetMs(bounds)) <= JUMP_MS;
  }

  private observeOther(fresh: ClockBounds): void {
    const agreed = this.other && agreeing(this.other.bounds, fresh);
    if (this.other && agreed) {
      this.other = { ...this.other, bounds: agreed };
      return;
    }
    this.other = { bounds: fresh, sinceMs: fresh.atMs };
    this.isFollowed = false;
  }
}
