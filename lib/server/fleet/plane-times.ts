import 'server-only';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

const OF_PLANE = ['createdAt', 'specChangedAt', 'unobservedSince', 'deletingSince', 'refreshedAt'] as const;
const OF_AGENT = ['lastHeartbeatTime', 'lastConnectedTime', 'lastDisconnectedTime'] as const;
const OF_CONDITION = ['lastTransitionTime'] as const;
/** It is judged separately: only heartbeats show which clock is right. */
const HEARTBEAT = 'lastHeartbeatTime';

type HeartbeatLimits = Pick<HealthLimits, 'heartbeatSkewMs' | 'heartbeatFreshMs'>;

/** A time, and when it was first read. */
export interface SeenTime {
  /** As written, milliseconds since the epoch. */
  readonly atMs: number;
  /** When it was first read, on the monotonic clock. */
  readonly seenAtMs: number;
}

/** A heartbeat, and when it was first read. */
export interface SeenHeartbeat extends SeenTime {
  /** Whether it replaced another one, so it was written shortly before. */
  readonly isNew: boolean;
  /** The one that it replaced. */
  readonly before?: SeenTime | undefined;
}

/** A second clock that times may have been written by. */
export interface OtherClock {
  /** How far it is ahead of the clock in use, in milliseconds. */
  readonly aheadMs: number;
  /** Whether a time that was written shortly before it was read fits only this clock. */
  readonly isOfOther: (time: SeenTime) => boolean;
}

/** The clock of OpenChoreo's components, if it isn't the API server's. */
export interface WritersClock extends OtherClock {
  /** Whether it wrote all times that the components have written, not only new ones. */
  readonly wroteAll: boolean;
  /** The API server's clock. */
  readonly nowMs: number;
  /** How far a time may be in the future or before the plane's creation, in milliseconds: clocks differ a little. */
  readonly slackMs: number;
}

/**
 * The times of one plane's resource as written, and how far the clock in use was set since each was written. A resource
 * keeps times from before a jump, most of them forever. All that is moved here are moments of the past; the end of a
 * maintenance and the dates of certificates are deadlines on whatever clock is right.
 */
export class PlaneTimes {
  private readonly texts: Record<string, string> = {};
  /** When times that were written shortly before were first read, on the monotonic clock. */
  private readonly newAtMs: Record<string, number> = {};
  private shiftsMs: Record<string, number> | null = null;
  /** Of the last status that had one that can be read. Kept, because all planes are compared each second. */
  private heartbeat: SeenHeartbeat | null = null;
  private isRead = false;

  /**
   * Takes in a version of the plane. Returns it with all times on the clock in use.
   *
   * @param seenAtMs when it was read, on the monotonic clock
   * @param isNew whether the plane itself is new. If not, its first times may be of any age
   */
  read(plane: Plane, seenAtMs: number, isNew = false): Plane {
    const wasRead = this.isRead;
    this.isRead = true;
    withTimes(plane, (text, field) => {
      const before = this.texts[field];
      if (text === before) return text;
      if (field === HEARTBEAT)
        this.heartbeat = nextHeartbeat(this.heartbeat, text, seenAtMs, before !== undefined);
      this.texts[field] = text;
      delete this.shiftsMs?.[field];
      delete this.newAtMs[field];
      // An agent of any age may appear in a known plane.
      const isWrittenNow = field === HEARTBEAT ? before !== undefined : wasRead || isNew;
      if (isWrittenNow) this.newAtMs[field] = seenAtMs;
      return text;
    });
    return this.onClockInUse(plane);
  }

  /** Returns a version with all times on the clock in use, such as one that was read separately. */
  onClockInUse(plane: Plane): Plane {
    const { shiftsMs } = this;
    if (!shiftsMs) return plane;
    return withTimes(plane, (text, field) => (text === this.texts[field] ? this.moved(field) : text));
  }

  /**
   * Takes in that the clock in use was set.
   *
   * @param plane as it was with all times on the clock before
   * @returns it with all times on the clock in use
   */
  shift(plane: Plane, byMs: number): Plane {
    const written = new Set<string>();
    withTimes(plane, (text, field) => {
      // Some times aren't those of the resource: they are when this server saw it change.
      if (this.texts[field] !== undefined && text === this.moved(field)) written.add(field);
      return text;
    });
    const before = this.shiftsMs;
    const known = Object.keys(this.texts);
    this.shiftsMs = Object.fromEntries(known.map((field) => [field, (before?.[field] ?? 0) + byMs]));
    return withTimes(plane, (text, field) => (written.has(field) ? this.moved(field) : later(text, byMs)));
  }

  /** Takes in that the heartbeat was written by a clock that is ahead. Returns null if that was known already. */
  translateHeartbeat(plane: Plane, aheadMs: number): Plane | null {
    if (this.shiftsMs?.[HEARTBEAT] !== undefined) return null;
    return this.translate(plane, aheadMs, (field) => field === HEARTBEAT);
  }

  /** Moves all other new times that fit only the other clock. Returns null if there are none. */
  translateNew(plane: Plane, { aheadMs, isOfOther }: OtherClock): Plane | null {
    return this.translate(plane, aheadMs, (field, atMs) => {
      const seenAtMs = this.newAtMs[field];
      return (
        field !== HEARTBEAT &&
        seenAtMs !== undefined &&
        this.shiftsMs?.[field] === undefined &&
        isOfOther({ atMs, seenAtMs })
      );
    });
  }

  /**
   * Moves the times that OpenChoreo's components wrote by a clock of their own. Returns null if there are none. A time that
   * would be in the future then, or before the plane's creation, is one from before that clock was set.
   */
  translateWritten(plane: Plane, writers: WritersClock): Plane | null {
    const { aheadMs, isOfOther, wroteAll, nowMs, slackMs } = writers;
    const createdMs = parseTimeMs(plane.createdAt);
    return this.translate(plane, aheadMs, (field, atMs) => {
      if (OF_PLANE.some((one) => one === field) || this.shiftsMs?.[field] !== undefined) return false;
      const movedMs = atMs - aheadMs;
      if (movedMs > nowMs + slackMs || (createdMs !== null && movedMs < createdMs - slackMs)) return false;
      const seenAtMs = this.newAtMs[field];
      return wroteAll || (seenAtMs !== undefined && isOfOther({ atMs, seenAtMs }));
    });
  }

  /** The heartbeat of the last status that had one; null: none had. */
  get seenHeartbeat(): SeenHeartbeat | null {
    return this.heartbeat;
  }

  /**
   * Whether a heartbeat was read lately that was written by another clock.
   *
   * @param nowMs the API server's clock
   */
  wasHeardByOtherClock(limits: HeartbeatLimits, nowMs: number): boolean {
    const { heartbeat } = this;
    if (!heartbeat || monotonicMs() - heartbeat.seenAtMs > limits.heartbeatFreshMs) return false;
    return isOfOtherClock(heartbeat, limits, nowMs);
  }

  private translate(
    plane: Plane,
    aheadMs: number,
    isOfOther: (field: string, atMs: number) => boolean,
  ): Plane | null {
    const translated = withTimes(plane, (text, field) => {
      const atMs = text === this.texts[field] ? parseTimeMs(text) : null;
      if (atMs === null || !isOfOther(field, atMs)) return text;
      this.shiftsMs = { ...this.shiftsMs, [field]: -aheadMs };
      return this.moved(field);
    });
    return translated === plane ? null : translated;
  }

  private moved(field: string): string {
    const text = this.texts[field] ?? '';
    return later(text, this.shiftsMs?.[field]);
  }
}

/**
 * Returns whether a heartbeat that replaced another one was written by another clock: it's in the future, or further before
 * that one than replicas of the gateway differ.
 *
 * @param nowMs the API server's clock
 */
export function isOfOtherClock(
  { atMs, seenAtMs, before }: SeenHeartbeat,
  { heartbeatSkewMs, heartbeatFreshMs }: HeartbeatLimits,
  nowMs: number,
): boolean {
  if (!before) return false;
  return atMs < before.atMs - heartbeatFreshMs || atMs > nowMs - (monotonicMs() - seenAtMs) + heartbeatSkewMs;
}

function nextHeartbeat(
  known: SeenHeartbeat | null,
  text: string,
  seenAtMs: number,
  isNew: boolean,
): SeenHeartbeat | null {
  const atMs = parseTimeMs(text);
  if (atMs === null) return null;
  const before = known && { atMs: known.atMs, seenAtMs: known.seenAtMs };
  return { atMs, seenAtMs, isNew, ...(before ? { before } : {}) };
}

function later(text: string, byMs: number | undefined): string {
  const atMs = byMs === undefined ? null : parseTimeMs(text);
  return atMs === null || byMs === undefined ? text : formatRfc3339(atMs + byMs);
}

/** Returns the plane with each of its times replaced by what `change` returns; the same object if none differs. */
function withTimes(plane: Plane, change: (text: string, field: string) => string): Plane {
  const ofPlane = changed(plane, OF_PLANE, change);
  const agent = plane.agent && changed(plane.agent, OF_AGENT, change);
  const conditions = plane.conditions.map((condition) =>
    changed(condition, OF_CONDITION, (text) => change(text, `condition ${condition.type}`)),
  );
  const isSame =
    ofPlane === plane &&
    agent === plane.agent &&
    conditions.every((one, index) => one === plane.conditions[index]);
  return isSame ? plane : { ...ofPlane, ...(agent ? { agent } : {}), conditions };
}

function changed<Field extends string, Item extends { readonly [field in Field]?: string | undefined }>(
  item: Item,
  fields: readonly Field[],
  change: (text: string, field: Field) => string,
): Item {
  let result = item;
  for (const field of fields) {
    const text = item[field];
    if (text === undefined) continue;
    const after = change(text, field);
    if (after !== text) result = { ...result, [field]: after };
  }
  return result;
}
