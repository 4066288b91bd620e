import 'server-only';
import type { ClockFacts } from '@/lib/plane/health/clock-facts';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { ClockFollower, type FollowedClock } from './clock-follower';
import type { FleetStore } from './fleet-store';
import type { PlaneRecord } from './plane-record';
import type { SeenHeartbeat } from './plane-times';
import { WriterClock } from './writer-clock';

/** How long planes with a strange time are held back while the clock is read. */
const CLOCK_READING_MS = 1500;
/** How often the clock is read because of strange times, at most. */
const STRANGE_AGAIN_MS = 10_000;

export interface FleetClockOptions {
  readonly limits: HealthLimits;
  /** The API server's clock. */
  readonly nowMs: () => number;
  /** The clock that `nowMs` reads, if it may show a jump. */
  readonly clock?: FollowedClock | undefined;
  /** Called when a plane has a new time that doesn't fit the clock: it may have jumped. Requests a reading of it. */
  readonly onStrangeTime?: (() => void) | undefined;
}

/** What a check of the clock changed. */
export interface ClockChange {
  /** The planes whose times changed. */
  readonly uids: readonly string[];
  /** How far the clock in use was set, in milliseconds; 0: it stays. */
  readonly byMs: number;
}

/**
 * Keeps the times of all planes on one clock: that of the API server, as far as it can be trusted. When the server
 * follows a jump of it, everything from before moves with the clock, so no age and no duration crosses the jump.
 */
export class FleetClock {
  private readonly follower: ClockFollower | null;
  private readonly writers: WriterClock;
  /** When a time last didn't fit the clock, on the monotonic clock. */
  private strangeAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: FleetStore,
    private readonly options: FleetClockOptions,
  ) {
    const { clock, limits } = options;
    this.follower = clock ? new ClockFollower(clock, limits) : null;
    this.writers = new WriterClock(limits);
  }

  facts(nowMs: number): ClockFacts | null {
    return this.writers.facts ?? this.follower?.facts(nowMs) ?? null;
  }

  /** Takes in a version of a plane. Returns it with all times on the clock in use. */
  read(plane: Plane, { times, isNew }: PlaneRecord): Plane {
    const read = times.read(plane, monotonicMs(), isNew);
    const nowMs = this.options.nowMs();
    const writers = this.writers.other(nowMs);
    if (writers) return times.translateWritten(read, writers) ?? read;
    const other = this.follower?.otherClock(nowMs);
    return (other && times.translateNew(read, other)) ?? read;
  }

  /**
   * Requests a reading of the clock when a time that was just written doesn't fit it. Returns whether the plane waits for
   * that.
   *
   * @param before undefined: the plane is new
   */
  noticeStrangeTime(before: Plane | undefined, after: Plane): boolean {
    if (!this.follower || !this.isStrange(before, after)) return false;
    if (monotonicMs() - this.strangeAtMs >= STRANGE_AGAIN_MS) {
      this.strangeAtMs = monotonicMs();
      this.options.onStrangeTime?.();
    }
    return true;
  }

  /** Whether a reading of the clock is on its way, which may show that strange times are as they should be. */
  get awaitsReading(): boolean {
    return monotonicMs() - this.strangeAtMs < CLOCK_READING_MS;
  }

  /** Whether old heartbeats may be those of another clock, after a start, so they say nothing yet. */
  get isUndecided(): boolean {
    return this.follower !== null && this.writers.isUndecided;
  }

  /**
   * Moves new times of another clock to the one in use, or follows that clock if most heartbeats do. Then all times of
   * before are moved with it. Returns null while there is one clock.
   */
  check(): ClockChange | null {
    const nowMs = this.options.nowMs();
    const other = this.follower?.otherClock(nowMs);
    const check = this.follower?.check(() => this.seenHeartbeats(), nowMs);
    if (!this.follower || !other || !check) return this.checkWriters(nowMs);
    if (check.byMs === 0 && this.follower.isSettled) {
      // A jump that is over is still reported, and the components may have been set to a third clock since.
      const change = this.checkWriters(nowMs);
      if (this.writers.facts) return change;
    } else this.writers.restart();
    this.strangeAtMs = Number.NEGATIVE_INFINITY;
    const { byMs, aheadMs, ofOther } = check;
    const uids: string[] = [];
    for (const record of this.store.all()) {
      const { uid } = record.plane;
      const isTranslated = ofOther.has(uid) && record.translateHeartbeat(aheadMs);
      if (record.translateNewTimes(other) || isTranslated || byMs !== 0) uids.push(uid);
      if (byMs !== 0) record.shiftClock(byMs);
    }
    return { uids, byMs };
  }

  /** Moves times that OpenChoreo's components wrote by a clock of their own. Returns null if there are none. */
  private checkWriters(nowMs: number): ClockChange | null {
    if (!this.follower) return null;
    this.writers.check(this.connectedHeartbeats(), nowMs);
    const writers = this.writers.other(nowMs);
    if (!writers) return null;
    const uids = [...this.store.all()]
      .filter((record) => record.translateWrittenTimes(writers))
      .map(({ plane }) => plane.uid);
    return uids.length > 0 ? { uids, byMs: 0 } : null;
  }

  private *connectedHeartbeats(): Generator<SeenHeartbeat> {
    for (const { plane, times } of this.store.all()) {
      const { seenHeartbeat } = times;
      if (seenHeartbeat && plane.agent?.connected) yield seenHeartbeat;
    }
  }

  private *seenHeartbeats(): Generator<[string, SeenHeartbeat]> {
    for (const { plane, times } of this.store.all()) {
      const { seenHeartbeat } = times;
      if (seenHeartbeat) yield [plane.uid, seenHeartbeat];
    }
  }

  /** Whether the heartbeat, the creation or the deletion is new and can't have been written just now. */
  private isStrange(before: Plane | undefined, after: Plane): boolean {
    if (!before) return !this.isRecent(after.createdAt);
    if (!before.deletingSince && !this.isRecent(after.deletingSince)) return true;
    const [was, is] = [before.agent?.lastHeartbeatTime, after.agent?.lastHeartbeatTime];
    return was !== is && this.isRecent(was) && !this.isRecent(is);
  }

  /** Whether a time can have been written just now, by the clock. No time fits any clock. */
  private isRecent(time: string | undefined): boolean {
    const { limits, nowMs } = this.options;
    const atMs = parseTimeMs(time);
    if (atMs === null) return true;
    const ageMs = nowMs() - atMs;
    return ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.heartbeatStaleMs;
  }
}
