import { hasFreshAgent } from '@/lib/plane/agent-setup/setup-facts';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { Incident } from '@/lib/plane/health/incident';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';

/** What the rest of the fleet, as far as the caller sees it, says about one plane's trouble. */
export interface FleetFacts {
  /** Of other planes with a frozen status that are not being deleted: their last heartbeats, ms since the epoch. */
  readonly frozenAtMs: readonly number[];
  /** Of other planes that lost their agent, likewise: when, as their controller noticed, milliseconds since the epoch. */
  readonly lostAtMs: readonly number[];
  /** How many other planes have an agent with a fresh heartbeat, and how many of them are of this kind. */
  readonly live: number;
  readonly liveOfKind: number;
  /** A plane of the same role on planeID `default` that counts a fresh agent, unless it is the plane itself. */
  readonly onDefaultID: Plane | null;
  readonly incidents: readonly Incident[];
}

/** The planeID with which an agent dials in when its chart was given none that it reads. */
export const FALLBACK_PLANE_ID = 'default';

/** Looks once through all planes. */
export function fleetFacts(
  own: Plane,
  rows: Iterable<JudgedPlane>,
  incidents: readonly Incident[],
): FleetFacts {
  const frozenAtMs: number[] = [];
  const lostAtMs: number[] = [];
  let live = 0;
  let liveOfKind = 0;
  let onDefaultID: Plane | null = null;
  const planeType = kindOfName(own.kind)?.planeType;
  for (const row of rows) {
    const { plane, health } = row;
    if (plane.uid === own.uid) continue;
    if (hasFreshAgent(row)) {
      live += 1;
      if (plane.kind === own.kind) liveOfKind += 1;
      if (plane.planeID === FALLBACK_PLANE_ID && kindOfName(plane.kind)?.planeType === planeType)
        onDefaultID = plane;
      continue;
    }
    // Its silence, or that its agent is gone, comes of the deletion: it says nothing of the control plane.
    if (plane.deletingSince !== undefined) continue;
    const codes = health.reasons.map(({ code }) => code);
    const heartbeatAtMs = parseTimeMs(plane.agent?.lastHeartbeatTime);
    if (codes.includes('heartbeat-stale') && heartbeatAtMs !== null) frozenAtMs.push(heartbeatAtMs);
    const noticedAtMs = parseTimeMs(plane.agent?.lastDisconnectedTime) ?? heartbeatAtMs;
    if (codes.includes('agent-lost') && noticedAtMs !== null) lostAtMs.push(noticedAtMs);
  }
  return { frozenAtMs, lostAtMs, live, liveOfKind, onDefaultID, incidents };
}
