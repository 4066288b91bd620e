import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import { flappingEndMs } from './flapping';
import type { Flapping, HealthLimits, HeartbeatGap } from './health-facts';

/** A plane, and what the server knows of its connection beside its status. */
export interface ReportedPlane {
  readonly plane: Plane;
  /** The remembered heartbeat, present while the status says connected without one. */
  readonly heartbeatGap?: HeartbeatGap | undefined;
  readonly flapping?: Flapping | undefined;
  /**
   * When the server saw the status change to disconnected, milliseconds since the epoch; null or absent: it didn't.
   * Some statuses have no time of their own.
   */
  readonly seenLostAtMs?: number | null;
  /**
   * When the server first saw the status of this disconnection, milliseconds since the epoch; null or absent: it's
   * connected. A later time in the status was written by another clock.
   */
  readonly seenDisconnectedAtMs?: number | null;
  /**
   * The last change of what the connection depends on (planeID, CA) that the server saw while the plane was connected;
   * null or absent: it saw none.
   */
  readonly settingsChange?: SettingsChange | null;
  /**
   * Whether the server just saw a new heartbeat that is before the last one, or in the future. A component that works wrote
   * it, by another clock.
   */
  readonly reportsByOtherClock?: boolean;
}

/** A change of what a plane's connection depends on. Milliseconds since the epoch, on the API server's clock. */
export interface SettingsChange {
  /** When the server last saw the state from before: a change of the resource is seen at once, one of a Secret later. */
  readonly afterMs: number;
  readonly seenAtMs: number;
}

/**
 * One loss of a plane's connection. A status only bounds when it happened: after the last heartbeat, and before the
 * controller noticed. All times in milliseconds since the epoch.
 */
export interface Loss {
  readonly kind: 'disconnected' | 'frozen';
  /**
   * The time by which losses are compared: when the controller noticed or, for a frozen status, about when the next
   * heartbeat was due.
   */
  readonly atMs: number;
  /** The last heartbeat; null: unknown. If `byMs` is null too, only the time at which the loss was seen is known. */
  readonly afterMs: number | null;
  /** When the controller noticed the disconnection; null: nothing has noticed the loss. */
  readonly byMs: number | null;
  /** Whether the limit has passed; otherwise the heartbeat is only late and about to pass it. */
  readonly certain: boolean;
}

interface AgentTimes {
  readonly heartbeatMs: number | null;
  readonly disconnectedMs: number | null;
}

/** Times by status: 10,000 planes are compared each second, and few statuses change between two comparisons. */
const parsed = new WeakMap<AgentConnection, AgentTimes>();

function timesOf(agent: AgentConnection): AgentTimes {
  const known = parsed.get(agent);
  if (known) return known;
  const times = {
    heartbeatMs: parseTimeMs(agent.lastHeartbeatTime),
    disconnectedMs: parseTimeMs(agent.lastDisconnectedTime),
  };
  parsed.set(agent, times);
  return times;
}

/** Asks for the remembered heartbeat only if the status has none: finding it out costs more than all else here. */
function heartbeatMs(agent: AgentConnection, reported: ReportedPlane): number | null {
  return timesOf(agent).heartbeatMs ?? parseTimeMs(reported.heartbeatGap?.last);
}

/** Returns the plane's agent report, or undefined if there is none that can be judged. */
function readableAgent({ agent, unreadable }: Plane): AgentConnection | undefined {
  return unreadable ? undefined : agent;
}

/**
 * Returns how and when a plane's connection was lost; null if it's connected, never connected, or nothing says when. Of a
 * disconnection with times in the future, only when it was first seen is known.
 *
 * A late heartbeat is an uncertain loss. Copies are spread over a minute, so when everything stops, the last plane
 * passes its limit a minute after the first.
 */
export function lossOf(reported: ReportedPlane, limits: HealthLimits, nowMs: number): Loss | null {
  const agent = readableAgent(reported.plane);
  if (!agent) return null;
  if (!agent.connected) return disconnectionOf(agent, reported, limits, nowMs);
  const lastMs = heartbeatMs(agent, reported);
  if (lastMs === null || nowMs - lastMs <= limits.heartbeatFreshMs) return null;
  if (reported.reportsByOtherClock) return null;
  const certain = nowMs - lastMs > limits.heartbeatStaleMs;
  return { kind: 'frozen', atMs: nextDueMs(lastMs, limits), afterMs: lastMs, byMs: null, certain };
}

function disconnectionOf(
  agent: AgentConnection,
  { seenLostAtMs = null, seenDisconnectedAtMs = null }: ReportedPlane,
  limits: HealthLimits,
  nowMs: number,
): Loss | null {
  const { disconnectedMs, heartbeatMs: heardMs } = timesOf(agent);
  const knownMs = seenDisconnectedAtMs ?? nowMs;
  const byMs = pastOnly(disconnectedMs, limits, knownMs) ?? seenLostAtMs;
  const lastMs = pastOnly(heardMs, limits, knownMs);
  if (byMs !== null) return disconnection(byMs, lastMs);
  const unknown = { kind: 'disconnected', afterMs: lastMs, byMs: null, certain: true } as const;
  if (lastMs !== null) return { ...unknown, atMs: nextDueMs(lastMs, limits) };
  const wasConnected = disconnectedMs !== null || heardMs !== null;
  return wasConnected && seenDisconnectedAtMs !== null ? { ...unknown, atMs: seenDisconnectedAtMs } : null;
}

/** Returns a time, or null if it's in the future: it was written by another clock, so it can't be compared. */
function pastOnly(atMs: number | null, { heartbeatSkewMs }: HealthLimits, nowMs: number): number | null {
  return atMs !== null && atMs - nowMs <= heartbeatSkewMs ? atMs : null;
}

/** Returns the last loss of a plane that is connected again, as far as its status says; null if there was none. */
export function pastLossOf(reported: ReportedPlane, limits: HealthLimits, nowMs: number): Loss | null {
  const agent = readableAgent(reported.plane);
  const byMs = agent?.connected ? pastOnly(timesOf(agent).disconnectedMs, limits, nowMs) : null;
  return byMs === null ? null : disconnection(byMs, null);
}

/** Returns whether a heartbeat proves that the plane was connected again between these losses of it. */
export function isNewLoss(before: Loss, { afterMs }: Loss): boolean {
  return afterMs !== null && afterMs > before.atMs;
}

/** @param lastMs the heartbeat that the status shows; one from after `byMs` belongs to a later connection */
function disconnection(byMs: number, lastMs: number | null): Loss {
  const afterMs = lastMs !== null && lastMs <= byMs ? lastMs : null;
  return { kind: 'disconnected', atMs: byMs, afterMs, byMs, certain: true };
}

/** Heartbeats move twice within the time for which they count as fresh. */
function nextDueMs(lastMs: number, { heartbeatFreshMs }: HealthLimits): number {
  return lastMs + heartbeatFreshMs / 2;
}

/** Returns whether a plane that was lost is still lost. A late heartbeat proves no recovery. */
export function isStillLost(reported: ReportedPlane, limits: HealthLimits, nowMs: number): boolean {
  const agent = readableAgent(reported.plane);
  if (!agent) return true;
  if (!agent.connected) return true;
  const lastMs = heartbeatMs(agent, reported);
  return lastMs !== null && nowMs - lastMs > limits.heartbeatFreshMs && !reported.reportsByOtherClock;
}

/**
 * Returns whether a plane is proven to be up. Only a fresh heartbeat proves it, not a missing one or one in the future, unless
 * that was just seen to arrive.
 */
export function isUp(reported: ReportedPlane, limits: HealthLimits, nowMs: number): boolean {
  const agent = readableAgent(reported.plane);
  const lastMs = agent?.connected ? heartbeatMs(agent, reported) : null;
  if (lastMs === null) return false;
  const ageMs = nowMs - lastMs;
  const isFresh = ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.heartbeatFreshMs;
  return isFresh || reported.reportsByOtherClock === true;
}

/** Returns whether the status says connected, with or without a heartbeat. */
export function saysConnected({ plane }: ReportedPlane): boolean {
  return readableAgent(plane)?.connected === true;
}

/** Returns whether the reported connection keeps changing, so one report says little about the agent. */
export function isFlapping({ plane, flapping }: ReportedPlane, limits: HealthLimits, nowMs: number): boolean {
  const endMs = plane.agent && flapping ? flappingEndMs(plane.agent, flapping, limits) : null;
  return endMs !== null && nowMs <= endMs;
}
