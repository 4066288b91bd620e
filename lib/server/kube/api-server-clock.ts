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
/** More jumps than this are those of a clock that nobody can trust. */
const MAX_JUMPS = 10;
/** For how long a jump is reported after it was followed. */
const REPORTED_MS = 10 * 60_000;

/** Two clocks that the API server's responses have shown. */
export interface ClockDisagreement {
  /** How far the other clock is ahead of the one in use, in milliseconds; negative: behind. */
  readonly aheadMs: number;
  /** When they first disagreed, on the monotonic clock. */
  readonly sinceMs: number;
  /** Whether responses show now one and now the other, as behind a load balancer. */
  readonly isMixed: boolean;
  /** For how long responses have shown only the other one, in milliseconds. */
  readonly goneMs: number;
  /** Whether the clock in use is the later one of the two. */
  readonly isFollowed: boolean;
}

interface OtherClock {
  readonly bounds: ClockBounds;
  readonly sinceMs: number;
  /** How often a response has shown the one clock after another had shown the other. */
  readonly changes: number;
}

/** A jump shows the other clock once, and a jump back shows the first one again. More is no jump. */
const CHANGES_OF_JUMPS = 2;

/** A jump that was followed: where the clock was, and how far it was set, in milliseconds. */
interface FollowedJump {
  readonly fromMs: number;
  readonly byMs: number;
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
  private readsOther = false;
  private jumps: readonly FollowedJump[] = [];
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
    const nowMs = this.options.monotonicMs();
    const isRead = (atMs: number) => nowMs - atMs < paced(GONE_MS);
    return {
      aheadMs: likelyOffsetMs(other.bounds) - likelyOffsetMs(bounds),
      sinceMs: other.sinceMs,
      isMixed: other.changes > CHANGES_OF_JUMPS && isRead(other.bounds.atMs) && isRead(this.agreedAtMs),
      goneMs: this.readsOther ? nowMs - this.agreedAtMs : 0,
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
      // Responses that were on their way show the earlier clock.
      else if (other && receivedAtMs > other.sinceMs + IN_FLIGHT_MS) this.change(other, false);
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
    const fromMs = this.nowMs();
    this.bounds = other.bounds;
    this.agreedAtMs = other.bounds.atMs;
    this.other = { ...other, bounds: { ...bounds, atMs: readAtMs } };
    this.readsOther = !this.readsOther;
    this.isFollowed = !this.isFollowed;
    // Back on the earlier clock, the jump has ended.
    this.jumps = this.isFollowed
      ? [...this.jumps, { fromMs, byMs: disagreement.aheadMs }].slice(-MAX_JUMPS)
      : this.jumps.slice(0, -1);
    return disagreement.aheadMs;
  }

  /**
   * Returns a time that was written before now as a time on the clock in use: one from before a jump is moved with it.
   * After a jump back, a time that both may have written counts as one from after it, so it seems younger, never older.
   *
   * @param atMs milliseconds since the epoch
   */
  onClockInUse(atMs: number): number {
    const nowMs = this.nowMs();
    return this.jumps.reduce((ms, { fromMs, byMs }) => {
      const isBefore = byMs > 0 ? ms < fromMs + byMs / 2 : ms > nowMs + JUMP_MS;
      return isBefore ? ms + byMs : ms;
    }, atMs);
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
      this.change({ ...this.other, bounds: agreed }, true);
      return;
    }
    this.other = { bounds: fresh, sinceMs: fresh.atMs, changes: 1 };
    this.readsOther = true;
    this.isFollowed = false;
  }

  /** Takes in which of the two clocks was just read. */
  private change(other: OtherClock, readsOther: boolean): void {
    this.other = readsOther === this.readsOther ? other : { ...other, changes: other.changes + 1 };
    this.readsOther = readsOther;
  }
}
