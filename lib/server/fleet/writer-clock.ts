import 'server-only';
import type { ClockFacts } from '@/lib/plane/health/clock-facts';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { isOfOtherClock, type SeenHeartbeat, type SeenTime, type WritersClock } from './plane-times';

/** Each connected plane reports a heartbeat about once a minute, so older ones say nothing about the present. */
const RECENT_MS = 90_000;
/** How long heartbeats must show the other clock. Old statuses that arrive at once, as after a lost watch, are over then. */
const SHOWN_MS = 5000;
/** A single plane that jumps may have a status that somebody wrote by hand. */
const MIN_JUMPED = 2;
/** Heartbeats of one plane that are read closer together than this weren't written one by one as they were read. */
const APART_MS = SECOND_MS;
/** The difference is reported in steps: the youngest heartbeat was written some seconds before it was read. */
const STEP_MS = 30_000;
/** How often heartbeats are compared, at most, once it's decided which clock they show. */
const PERIOD_MS = 900;

type Limits = Pick<HealthLimits, 'heartbeatSkewMs' | 'heartbeatFreshMs' | 'heartbeatStaleMs'>;

/**
 * Notices that OpenChoreo's components write times by a clock that differs from the API server's, although all responses
 * show the same one: either clock may be wrong. A component that has stopped writes the same heartbeat for ever. So
 * heartbeats that keep moving with time, and are as old each time they're read, come from one that works. So do those of
 * several planes that jump into the future, or back.
 */
export class WriterClock {
  /** When heartbeats first showed the other clock, on the monotonic clock; null: they don't. */
  private shownSinceMs: number | null = null;
  private behindMs: number | null = null;
  private noticedAtMs: number | null = null;
  /** Whether no new heartbeat has fit the API server's clock yet. */
  private isFromStart = true;
  /** Since when a heartbeat could have shown which clock is right, on the monotonic clock; null: there's none yet. */
  private undecidedSinceMs: number | null = null;
  private isDecided = false;
  private checkedAtMs = Number.NEGATIVE_INFINITY;
  /** Heartbeats that were read before this say nothing, on the monotonic clock. */
  private countsFromMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: Limits) {}

  /**
   * Whether it isn't known yet, after a start, if old heartbeats are those of components that have stopped, or of another
   * clock. A component that works reports a heartbeat within a minute.
   */
  get isUndecided(): boolean {
    if (this.isDecided) return false;
    const { undecidedSinceMs, limits } = this;
    return undecidedSinceMs !== null && monotonicMs() - undecidedSinceMs < limits.heartbeatFreshMs / 2;
  }

  /**
   * Begins anew: the API server's responses show two clocks themselves, or one was followed. Heartbeats from before say
   * nothing then.
   */
  restart(): void {
    this.countsFromMs = monotonicMs();
    this.forget();
  }

  private forget(): void {
    this.shownSinceMs = null;
    this.behindMs = null;
    this.noticedAtMs = null;
    this.isFromStart = false;
    this.isDecided = true;
  }

  /**
   * Takes in the last heartbeat of each connected plane.
   *
   * @param nowMs the API server's clock
   */
  check(heartbeats: Iterable<SeenHeartbeat>, nowMs: number): void {
    const readNowMs = monotonicMs();
    if (this.isDecided && readNowMs - this.checkedAtMs < PERIOD_MS) return;
    this.checkedAtMs = readNowMs;
    const ageOf = ({ atMs, seenAtMs }: SeenTime) => nowMs - (readNowMs - seenAtMs) - atMs;
    const fittingAtMs: number[] = [];
    const ages: number[] = [];
    const jumpedAtMs: number[] = [];
    for (const heartbeat of heartbeats) {
      const { before, seenAtMs } = heartbeat;
      const ageMs = ageOf(heartbeat);
      this.undecidedSinceMs ??= readNowMs;
      if (this.fits(ageMs)) this.isDecided = true;
      if (!before || before.seenAtMs < this.countsFromMs || readNowMs - seenAtMs > RECENT_MS) continue;
      if (this.fits(ageMs)) fittingAtMs.push(seenAtMs);
      else if (this.movesWithTime(seenAtMs - before.seenAtMs, ageMs - ageOf(before))) ages.push(ageMs);
      else if (isOfOtherClock(heartbeat, this.limits, nowMs)) {
        ages.push(ageMs);
        jumpedAtMs.push(seenAtMs);
      }
    }
    // The components have one clock, so what they wrote before it was set says nothing.
    const setAtMs = Math.min(...jumpedAtMs);
    const isSet = jumpedAtMs.length >= MIN_JUMPED && this.areOfOneClock(ages);
    const fitting = isSet ? fittingAtMs.filter((ms) => ms > setAtMs) : fittingAtMs;
    const isShown = ages.length > fitting.length && (isSet || ages.length > jumpedAtMs.length);
    if (isShown) this.show(ages, isSet ? 0 : paced(SHOWN_MS), nowMs, readNowMs);
    else if (fitting.length > 0) this.forget();
    if (this.undecidedSinceMs !== null && !this.isUndecided) this.isDecided = true;
  }

  /**
   * Returns the other clock; null: heartbeats show none.
   *
   * @param nowMs the API server's clock
   */
  other(nowMs: number): WritersClock | null {
    const { behindMs, isFromStart } = this;
    if (behindMs === null) return null;
    const isOfOther = ({ atMs, seenAtMs }: SeenTime) => {
      const ageMs = nowMs - (monotonicMs() - seenAtMs) - atMs;
      return !this.fits(ageMs) && this.isPlausible(ageMs - behindMs);
    };
    return {
      aheadMs: -behindMs,
      isOfOther,
      wroteAll: isFromStart,
      nowMs,
      slackMs: this.limits.heartbeatSkewMs,
    };
  }

  get facts(): ClockFacts | null {
    const { behindMs, noticedAtMs } = this;
    if (behindMs === null || noticedAtMs === null) return null;
    return {
      ofHeartbeats: true,
      jumpMs: -Math.round(behindMs / STEP_MS) * STEP_MS,
      noticedAt: formatRfc3339(noticedAtMs),
      mixed: false,
      followed: false,
      undone: false,
      confirmed: true,
    };
  }

  private show(ages: readonly number[], waitMs: number, nowMs: number, readNowMs: number): void {
    this.shownSinceMs ??= readNowMs;
    if (readNowMs - this.shownSinceMs < waitMs) return;
    // The youngest heartbeat was written just before it was read.
    const leastMs = Math.min(...ages);
    const isKnown =
      this.behindMs !== null && ages.some((ageMs) => this.isPlausible(ageMs - (this.behindMs ?? 0)));
    this.behindMs = isKnown ? Math.min(this.behindMs ?? leastMs, leastMs) : leastMs;
    this.noticedAtMs ??= nowMs;
    this.isDecided = true;
  }

  /** Returns whether heartbeats of these ages, each just written, can be those of one clock. */
  private areOfOneClock(ages: readonly number[]): boolean {
    return Math.max(...ages) - Math.min(...ages) <= this.limits.heartbeatFreshMs;
  }

  /** Returns whether a heartbeat is about as much later than the one before as it was read later. */
  private movesWithTime(readApartMs: number, olderMs: number): boolean {
    return readApartMs >= APART_MS && Math.abs(olderMs) <= this.limits.heartbeatFreshMs;
  }

  /** Whether a heartbeat of this age needs no other clock. */
  private fits(ageMs: number): boolean {
    return ageMs >= -this.limits.heartbeatSkewMs && ageMs <= this.limits.heartbeatStaleMs;
  }

  /** Whether a time that was just written can have had this age when it was read. */
  private isPlausible(ageMs: number): boolean {
    return ageMs >= -this.limits.heartbeatSkewMs && ageMs <= this.limits.heartbeatFreshMs;
  }
}
