import type { Plane } from '@/lib/plane/model/plane';
import { siblingKey } from '@/lib/plane/model/references';
import { planeCountText } from '@/lib/plane/model/text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { z } from '@/lib/zod';
import type { incidentSchema } from './health';
import type { HealthLimits, HeartbeatGap } from './health-facts';
import { knownHeartbeat } from './heartbeat';

/** One incident of the control plane: all agents disconnected, or all statuses went stale, together. */
export type Incident = z.infer<typeof incidentSchema>;

/** A plane, and the heartbeat that the server remembers while the status says connected without one. */
export interface ReportedPlane {
  readonly plane: Plane;
  readonly heartbeatGap: HeartbeatGap | undefined;
}

interface Loss {
  readonly atMs: number;
  readonly kind: 'disconnected' | 'frozen';
  /** Whether the limit has passed; otherwise the heartbeat is only late and about to pass it. */
  readonly certain: boolean;
}

/**
 * Returns when and how a plane's connection was lost: when its controller noticed or, with a stale status, at
 * the last heartbeat. Null for a plane that is up, that never connected, or that no agent reports on.
 *
 * A late heartbeat counts as an uncertain loss. Copies are spread over a minute, so when everything stops, the last
 * plane passes its limit a minute after the first and must not delay the report.
 */
function lossOf(reported: ReportedPlane, limits: HealthLimits, nowMs: number): Loss | null {
  const { agent, unreadable } = reported.plane;
  if (!agent || unreadable) return null;
  const heartbeatAtMs = heartbeatMs(reported);
  if (!agent.connected) {
    const atMs = parseTimeMs(agent.lastDisconnectedTime) ?? heartbeatAtMs;
    return atMs === null ? null : { atMs, kind: 'disconnected', certain: true };
  }
  if (heartbeatAtMs === null || nowMs - heartbeatAtMs <= limits.heartbeatFreshMs) return null;
  return { atMs: heartbeatAtMs, kind: 'frozen', certain: nowMs - heartbeatAtMs > limits.heartbeatStaleMs };
}

/**
 * Returns whether a plane is up. Only a fresh heartbeat proves it: a missing heartbeat or one in the future rules out
 * no incident.
 */
function isUp(reported: ReportedPlane, limits: HealthLimits, nowMs: number): boolean {
  const { agent, unreadable } = reported.plane;
  const heartbeatAtMs = heartbeatMs(reported);
  if (!agent?.connected || unreadable || heartbeatAtMs === null) return false;
  const ageMs = nowMs - heartbeatAtMs;
  return ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.heartbeatFreshMs;
}

function heartbeatMs({ plane: { agent }, heartbeatGap }: ReportedPlane): number | null {
  return parseTimeMs(knownHeartbeat(agent, heartbeatGap));
}

/**
 * Detects an incident of the control plane: at least two planeIDs, and every plane that was connected is disconnected
 * or stale within the window. Planes affected earlier aren't part of it.
 *
 * Pass only planes that the API server has reported on recently: while Planeboard itself has no contact, every
 * heartbeat it remembers grows old.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function detectIncident(
  planes: Iterable<ReportedPlane>,
  limits: HealthLimits,
  nowMs: number,
): Incident | null {
  const lost: { loss: Loss; planeKey: string }[] = [];
  for (const reported of planes) {
    if (isUp(reported, limits, nowMs)) return null;
    const loss = lossOf(reported, limits, nowMs);
    const { plane } = reported;
    if (loss) lost.push({ loss, planeKey: siblingKey(plane) ?? plane.uid });
  }
  const lastLossMs = lost.reduce((latest, { loss }) => Math.max(latest, loss.atMs), Number.NEGATIVE_INFINITY);
  const together = lost.filter(({ loss }) => loss.atMs >= lastLossMs - limits.incidentWindowMs);
  const planeIDs = new Set(together.map(({ planeKey }) => planeKey)).size;
  if (planeIDs < 2 || !together.some(({ loss }) => loss.certain)) return null;

  const sinceMs = together.reduce((first, { loss }) => Math.min(first, loss.atMs), Number.POSITIVE_INFINITY);
  const kinds = new Set(together.map(({ loss }) => loss.kind));
  const kind = kinds.size > 1 ? 'mixed' : kinds.has('frozen') ? 'frozen' : 'disconnected';
  return {
    code: 'control-plane',
    kind,
    since: new Date(sinceMs).toISOString(),
    lastLossAt: new Date(lastLossMs).toISOString(),
    planes: together.length,
    planeIDs,
    message: messageOf(kind, together.length, sinceMs),
  };
}

/**
 * Returns when the incident that includes this plane began (milliseconds since the epoch), or null if it isn't part
 * of one.
 */
export function incidentSinceMs(
  reported: ReportedPlane,
  incident: Incident | null,
  limits: HealthLimits,
  nowMs: number,
): number | null {
  const sinceMs = parseTimeMs(incident?.since);
  const lastLossMs = parseTimeMs(incident?.lastLossAt);
  const loss = lossOf(reported, limits, nowMs);
  if (sinceMs === null || lastLossMs === null || !loss) return null;
  return loss.atMs >= sinceMs && loss.atMs <= lastLossMs ? sinceMs : null;
}

/**
 * Returns an incident for a wall that may show only some planes: with their numbers, and a message that says nothing of
 * others.
 */
export function incidentOnWall(incident: Incident, planes: number, planeIDs: number): Incident {
  const what = {
    disconnected: 'disconnected',
    frozen: planes === 1 ? 'has a stale status' : 'have a stale status',
    mixed: 'disconnected or went stale',
  }[incident.kind];
  const at = formatUtc(parseTimeMs(incident.since) ?? 0);
  const message = `${planeCountText(planes)} on this wall ${what} in an incident of the control plane, since about ${at}. ${likelyCause(incident.kind)}`;
  return { ...incident, planes, planeIDs, message };
}

function messageOf(kind: Incident['kind'], count: number, sinceMs: number): string {
  const what = {
    disconnected: `The agents of all ${count} previously connected planes disconnected together`,
    frozen: `The status of all ${count} planes reported as connected went stale together`,
    mixed: `All ${count} previously connected planes disconnected or went stale together`,
  }[kind];
  return `${what}, at about ${formatUtc(sinceMs)}. ${likelyCause(kind)}`;
}

function likelyCause(kind: Incident['kind']): string {
  const suspect = {
    disconnected: 'the cluster gateway',
    frozen: 'the controller or the gateway',
    mixed: 'the gateway or the controller',
  }[kind];
  return `The likely cause is ${suspect} of the control plane, not the planes.`;
}
