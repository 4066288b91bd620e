import 'server-only';
import type { ClockFacts } from '@/lib/plane/health/clock-facts';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';
import type { ClockDisagreement } from '@/lib/server/kube/api-server-clock';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import type { OtherClock, SeenHeartbeat } from './plane-times';

/** A heartbeat may arrive with the new time before a response shows the jump. */
const BEFORE_NOTICED_MS = 15_000;
/** Each connected plane reports a heartbeat about once a minute, so older ones say nothing about the present. */
const RECENT_MS = 90_000;
/** A clock is followed after responses have shown only it for this long, if no heartbeat shows which one is right. */
const HOLD_MS = 5 * 60_000;
/** The size of a jump is reported in steps, because its estimate keeps improving. */
const STEP_MS = 10_000;

/** The clock that ages are measured on. */
export interface FollowedClock {
  readonly disagreement: ClockDisagreement | null;
  /** Changes to the other clock. Returns how far it is ahead in milliseconds. */
  readonly follow: () => number;
}

type Limits = Pick<HealthLimits, 'heartbeatSkewMs' | 'heartbeatFreshMs'>;

/** What new heartbeats show about two clocks. */
export interface ClockCheck {
  /** The planes whose last heartbeat was written by the other clock. */
  readonly ofOther: ReadonlySet<string>;
  /** How far the other clock was ahead of the one in use, in milliseconds. */
  readonly aheadMs: number;
  /** How far the clock in use was set, in milliseconds; 0: it stays. */
  readonly byMs: number;
}

/** What the votes of heartbeats are worth. */
interface Votes {
  readonly forThis: number;
  readonly forOther: number;
  /** The uids of the planes whose heartbeat fits only the other clock. */
  readonly ofOther: ReadonlySet<string>;
}

/**
 * Decides which clock ages are measured on when the API server's responses show two. Heartbeats are written by the
 * control plane's own clock, so new ones show which of the two it follows. Until then, the earlier clock counts.
 */
export class ClockFollower {
  private confirmed = false;
  /** As reported: neither moves with each better estimate. */
  private reported: { readonly jumpMs: number; readonly sinceMs: number; readonly noticedAt: string } | null =
    null;

  constructor(
    private readonly clock: FollowedClock,
    private readonly limits: Limits,
  ) {}

  /**
   * Follows the other clock if more new heartbeats fit it. Returns null if there is none.
   *
   * @param heartbeats the last one of each plane, by uid
   * @param nowMs the clock in use
   */
  check(heartbeats: () => Iterable<readonly [string, SeenHeartbeat]>, nowMs: number): ClockCheck | null {
    const { disagreement } = this.clock;
    if (!disagreement) {
      this.confirmed = false;
      this.reported = null;
      return null;
    }
    const { forThis, forOther, ofOther } = this.votes(heartbeats(), disagreement, nowMs);
    this.confirmed = forThis > 0 && forThis >= forOther;
    const { aheadMs, isMixed, goneMs } = disagreement;
    const isUndecided = forThis === 0 && !isMixed && goneMs > paced(HOLD_MS);
    if (forOther <= forThis && !isUndecided) return { ofOther, aheadMs, byMs: 0 };
    this.confirmed = forOther > 0;
    this.reported = null;
    return { ofOther, aheadMs, byMs: this.clock.follow() };
  }

  /**
   * Returns the other clock, by which times may have been written; null if there is none. The API server's own times follow
   * its clock at once.
   *
   * @param nowMs the clock in use
   */
  otherClock(nowMs: number): OtherClock | null {
    const { disagreement } = this.clock;
    if (!disagreement) return null;
    const { aheadMs, sinceMs } = disagreement;
    const readNowMs = monotonicMs();
    const isOfOther: OtherClock['isOfOther'] = ({ atMs, seenAtMs }) => {
      if (seenAtMs < sinceMs - BEFORE_NOTICED_MS) return false;
      const ageMs = nowMs - (readNowMs - seenAtMs) - atMs;
      return !this.isPlausible(ageMs) && this.isPlausible(ageMs + aheadMs);
    };
    return { aheadMs, isOfOther };
  }

  /** Whether a jump was followed and is over: responses show the clock that ages are measured on. */
  get isSettled(): boolean {
    const { disagreement } = this.clock;
    return disagreement?.isFollowed === true && !disagreement.isMixed && disagreement.goneMs === 0;
  }

  /** @param nowMs the clock in use */
  facts(nowMs: number): ClockFacts | null {
    const { disagreement } = this.clock;
    if (!disagreement) return null;
    const { aheadMs, sinceMs, isMixed, isFollowed, goneMs } = disagreement;
    const jumpMs = isFollowed ? -aheadMs : aheadMs;
    const { reported } = this;
    if (reported?.sinceMs !== sinceMs || Math.abs(reported.jumpMs - jumpMs) > STEP_MS)
      this.reported = {
        jumpMs: Math.round(jumpMs / STEP_MS) * STEP_MS,
        sinceMs,
        noticedAt: formatRfc3339(nowMs - (monotonicMs() - sinceMs)),
      };
    return {
      jumpMs: this.reported?.jumpMs ?? 0,
      noticedAt: this.reported?.noticedAt ?? formatRfc3339(nowMs),
      mixed: isMixed,
      followed: isFollowed,
      undone: isFollowed && goneMs > 0,
      confirmed: this.confirmed,
    };
  }

  private votes(
    heartbeats: Iterable<readonly [string, SeenHeartbeat]>,
    { aheadMs, sinceMs, isFollowed }: ClockDisagreement,
    nowMs: number,
  ): Votes {
    const readNowMs = monotonicMs();
    const ofOther = new Set<string>();
    let [forThis, forOther] = [0, 0];
    for (const [uid, { atMs, seenAtMs, isNew }] of heartbeats) {
      if (seenAtMs < sinceMs - BEFORE_NOTICED_MS || readNowMs - seenAtMs > RECENT_MS) continue;
      const ageMs = nowMs - (readNowMs - seenAtMs) - atMs;
      const [fitsThis, fitsOther] = [this.isPlausible(ageMs), this.isPlausible(ageMs + aheadMs)];
      if (fitsThis === fitsOther) continue;
      // What was written on the earlier clock before the jump says nothing about the clock after it.
      const isOfLater = fitsThis === isFollowed;
      if (!isOfLater && seenAtMs <= sinceMs) continue;
      if (fitsOther) ofOther.add(uid);
      // The first heartbeat that was read of a plane may be of any age.
      if (!isNew) continue;
      if (fitsThis) forThis += 1;
      else forOther += 1;
    }
    return { forThis, forOther, ofOther };
  }

  /** Whether a time that was just written can have had this age when it was read. */
  private isPlausible(ageMs: number): boolean {
    return ageMs >= -this.limits.heartbeatSkewMs && ageMs <= this.limits.heartbeatFreshMs;
  }
}
