import 'server-only';
import type { Flapping, HealthLimits } from '@/lib/plane/health/health-facts';
import type { SettingsChange } from '@/lib/plane/health/loss';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { reportedConnection } from '@/lib/plane/model/reported-connection';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';

/**
 * A connection that changes this often within the flapping window is flapping. Only changes that nothing explains
 * count: an edit of what the connection depends on, an incident and planned work do.
 */
const CHANGES = 3;

type Report = Pick<Plane, 'agent' | 'conditions'>;
type MemoryLimits = Pick<HealthLimits, 'heartbeatSkewMs' | 'flappingWindowMs'>;

/**
 * What one plane's earlier versions said about its connection: the newest heartbeat of the present connection, and when
 * the connection or what it depends on changed. It belongs to one uid and is lost when the server restarts. All times
 * are on the API server's clock, milliseconds since the epoch.
 */
export class ConnectionMemory {
  private heartbeat: { readonly text: string; readonly atMs: number } | null = null;
  private connected: boolean | null = null;
  private lostAtMs: number | null = null;
  /** The disconnection that the status says, by its time, and when that was first seen. */
  private disconnection: { readonly text: string | undefined; readonly seenAtMs: number } | null = null;
  /** What the status says, by the agent or by conditions, and when it was seen to change to disconnected. */
  private reported: boolean | null = null;
  private reportedLostAtMs: number | null = null;
  private changed: SettingsChange | null = null;
  /** Whether the next change of the connection comes from an edit. */
  private isChangeExpected = false;
  /** When the last planned work ends or ended. */
  private plannedUntilMs: number | null = null;
  /** The last changes, newest last. */
  private changesMs: number[] = [];
  private flappingSinceMs: number | null = null;
  private seenAtMs = Number.NEGATIVE_INFINITY;

  /**
   * Takes in a newly read status.
   *
   * @param plannedUntilMs when the plane's current maintenance ends; null: it's in none
   */
  observe(
    { agent, conditions }: Report,
    limits: MemoryLimits,
    nowMs: number,
    plannedUntilMs: number | null = null,
  ): void {
    // A maintenance may be ended early.
    this.plannedUntilMs = plannedUntilMs ?? (this.plannedUntilMs && Math.min(this.plannedUntilMs, nowMs));
    // The clock was set back, so these times can't be compared with what follows.
    if (nowMs < this.seenAtMs) this.forgetChanges();
    this.seenAtMs = nowMs;
    if (agent && this.connected !== null && agent.connected !== this.connected) {
      this.change(limits, nowMs);
      this.lostAtMs = agent.connected ? null : nowMs;
    }
    this.connected = agent?.connected ?? null;
    const text = agent?.lastDisconnectedTime;
    if (agent?.connected !== false) this.disconnection = null;
    else if (this.disconnection?.text !== text || !this.disconnection)
      this.disconnection = { text, seenAtMs: nowMs };
    const reported = reportedConnection({ agent, conditions });
    if (reported !== this.reported)
      this.reportedLostAtMs = this.reported && reported === false ? nowMs : null;
    this.reported = reported;
    if (agent?.connected) this.observeHeartbeat(agent, limits, nowMs);
    // A heartbeat says nothing about a connection that began after it.
    else this.heartbeat = null;
  }

  /**
   * Takes in that something was changed that the connection depends on. Call it before `observe`. Returns whether the
   * plane was connected before the change. From then on, the status may be about another agent.
   *
   * @param nowMs when the change was seen
   * @param afterMs when what was changed was last seen unchanged
   */
  changeSettings(nowMs: number, afterMs = nowMs): boolean {
    this.expectChange();
    const { reported, reportedLostAtMs } = this;
    const wasConnected = reported === true || (reportedLostAtMs !== null && reportedLostAtMs > afterMs);
    if (wasConnected) this.changed = { afterMs, seenAtMs: nowMs };
    return wasConnected;
  }

  /** Takes in an edit after which an agent may connect or disconnect. */
  expectChange(): void {
    this.changesMs = [];
    this.flappingSinceMs = null;
    this.isChangeExpected = true;
  }

  /** Takes in that an incident explains the changes since this time. */
  explainChanges(sinceMs: number): void {
    if ((this.changesMs.at(-1) ?? Number.NEGATIVE_INFINITY) < sinceMs) return;
    this.changesMs = this.changesMs.filter((ms) => ms < sinceMs);
    this.flappingSinceMs = null;
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shift(byMs: number): void {
    if (this.heartbeat) {
      const atMs = this.heartbeat.atMs + byMs;
      this.heartbeat = { text: formatRfc3339(atMs), atMs };
    }
    this.changesMs = this.changesMs.map((ms) => ms + byMs);
    if (this.flappingSinceMs !== null) this.flappingSinceMs += byMs;
    if (this.lostAtMs !== null) this.lostAtMs += byMs;
    if (this.reportedLostAtMs !== null) this.reportedLostAtMs += byMs;
    if (this.disconnection)
      this.disconnection = { ...this.disconnection, seenAtMs: this.disconnection.seenAtMs + byMs };
    if (this.changed)
      this.changed = { afterMs: this.changed.afterMs + byMs, seenAtMs: this.changed.seenAtMs + byMs };
    this.seenAtMs += byMs;
  }

  /** The newest heartbeat of the present connection, RFC 3339; null: none was seen. */
  get lastHeartbeat(): string | null {
    return this.heartbeat?.text ?? null;
  }

  /** When the status changed to disconnected, as it still is; null: it wasn't seen to change. */
  get disconnectedAtMs(): number | null {
    return this.connected === false ? this.lostAtMs : null;
  }

  /** When this disconnection was first seen, whether or not the status was seen to change; null: it's connected. */
  get seenDisconnectedAtMs(): number | null {
    return this.disconnection?.seenAtMs ?? null;
  }

  /** The last change of something that the connection depends on while it was connected; null: none was seen. */
  get settingsChange(): SettingsChange | null {
    return this.changed;
  }

  /** Undefined if the connection isn't flapping, even if it was. */
  flapping({ flappingWindowMs }: MemoryLimits, nowMs: number): Flapping | undefined {
    const [first] = this.changesMs;
    const last = this.changesMs.at(-1);
    if (this.flappingSinceMs === null || first === undefined || last === undefined) return undefined;
    if (nowMs > first + flappingWindowMs) return undefined;
    // Planned work that has ended explains what changed in it. While it lasts, a state that stays is less noise.
    const { plannedUntilMs } = this;
    if (plannedUntilMs !== null && plannedUntilMs <= nowMs && first <= plannedUntilMs) return undefined;
    return {
      since: timeText(this.flappingSinceMs),
      lastChangeAt: timeText(last),
      until: timeText(first + flappingWindowMs),
    };
  }

  private observeHeartbeat(agent: AgentConnection, { heartbeatSkewMs }: MemoryLimits, nowMs: number): void {
    const text = agent.lastHeartbeatTime;
    const atMs = parseTimeMs(text);
    if (text === undefined || atMs === null || atMs - nowMs > heartbeatSkewMs) return;
    if (this.heartbeat && atMs <= this.heartbeat.atMs) return;
    // The status may still show the heartbeat of the connection before.
    const disconnectedAtMs = parseTimeMs(agent.lastDisconnectedTime);
    if (disconnectedAtMs !== null && atMs <= disconnectedAtMs) return;
    this.heartbeat = { text, atMs };
  }

  private change({ flappingWindowMs }: MemoryLimits, nowMs: number): void {
    const isExpected = this.isChangeExpected;
    this.isChangeExpected = false;
    if (isExpected) return;
    const [first] = this.changesMs;
    const wasFlapping =
      this.flappingSinceMs !== null && first !== undefined && nowMs <= first + flappingWindowMs;
    this.changesMs = [...this.changesMs, nowMs].slice(-CHANGES);
    const [begin] = this.changesMs;
    const isFlapping =
      begin !== undefined && this.changesMs.length === CHANGES && nowMs - begin <= flappingWindowMs;
    if (!isFlapping) this.flappingSinceMs = null;
    else if (!wasFlapping) this.flappingSinceMs = begin;
  }

  private forgetChanges(): void {
    this.lostAtMs = null;
    this.disconnection = null;
    this.reportedLostAtMs = null;
    this.changed = null;
    this.changesMs = [];
    this.flappingSinceMs = null;
    this.isChangeExpected = false;
  }
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}
