import 'server-only';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';

const FIELDS = ['lastHeartbeatTime', 'lastConnectedTime', 'lastDisconnectedTime'] as const;
type Field = (typeof FIELDS)[number];

/** A heartbeat, and when it was first read. */
export interface SeenHeartbeat {
  /** As written, milliseconds since the epoch. */
  readonly atMs: number;
  /** When it was first read, on the monotonic clock. */
  readonly seenAtMs: number;
  /** Whether it replaced another one, so it was written shortly before. */
  readonly isNew: boolean;
}

/**
 * One plane's times as its status has them, and how far the clock was set since each was written. The status keeps a
 * time from before a jump until the controller writes a new one.
 */
export class AgentTimes {
  private texts: Partial<Record<Field, string>> = {};
  private shiftsMs: Partial<Record<Field, number>> | null = null;
  private seenAtMs = Number.NEGATIVE_INFINITY;
  private isNew = false;

  /**
   * Takes in a status. Returns it with all times on the clock in use.
   *
   * @param monotonicMs when it was read
   */
  read(agent: AgentConnection | undefined, monotonicMs: number): AgentConnection | undefined {
    for (const field of FIELDS) {
      const text = agent?.[field];
      const before = this.texts[field];
      if (text === undefined || text === before) continue;
      this.texts[field] = text;
      delete this.shiftsMs?.[field];
      if (field !== 'lastHeartbeatTime') continue;
      this.seenAtMs = monotonicMs;
      this.isNew = before !== undefined;
    }
    return this.onClockInUse(agent);
  }

  /** Returns a status with all times on the clock in use, such as one that was read separately. */
  onClockInUse(agent: AgentConnection | undefined): AgentConnection | undefined {
    if (!agent || !this.shiftsMs) return agent;
    const shifted = { ...agent };
    for (const field of FIELDS) {
      const text = agent[field];
      const atMs = parseTimeMs(text);
      const shiftMs = text === this.texts[field] ? this.shiftsMs[field] : undefined;
      if (atMs !== null && shiftMs !== undefined) shifted[field] = formatRfc3339(atMs + shiftMs);
    }
    return shifted;
  }

  /**
   * Takes in that the clock in use was set.
   *
   * @param agent the status as `read` returned it last
   * @returns the status on the clock in use
   */
  shift(agent: AgentConnection | undefined, byMs: number): AgentConnection | undefined {
    const before = this.shiftsMs;
    const known = FIELDS.filter((field) => this.texts[field] !== undefined);
    this.shiftsMs = Object.fromEntries(known.map((field) => [field, (before?.[field] ?? 0) + byMs]));
    const written = agent && { ...agent };
    if (written)
      for (const field of FIELDS) if (written[field] !== undefined) written[field] = this.texts[field];
    return this.onClockInUse(written);
  }

  /**
   * Takes in that the heartbeat was written by a clock that is `aheadMs` ahead of the one in use. Returns the status on
   * the clock in use; null if that was known already.
   */
  translateHeartbeat(agent: AgentConnection | undefined, aheadMs: number): AgentConnection | null {
    if (!agent || this.shiftsMs?.lastHeartbeatTime !== undefined) return null;
    this.shiftsMs = { ...this.shiftsMs, lastHeartbeatTime: -aheadMs };
    const atMs = parseTimeMs(agent.lastHeartbeatTime);
    return atMs === null ? null : { ...agent, lastHeartbeatTime: formatRfc3339(atMs - aheadMs) };
  }

  /** The heartbeat of the last status that had one; null: none had. */
  get seenHeartbeat(): SeenHeartbeat | null {
    const atMs = parseTimeMs(this.texts.lastHeartbeatTime);
    return atMs === null ? null : { atMs, seenAtMs: this.seenAtMs, isNew: this.isNew };
  }
}
