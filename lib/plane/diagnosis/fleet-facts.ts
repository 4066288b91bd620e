import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import type { Incident } from '@/lib/plane/health/incident';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';

/** What the rest of the fleet, as far as the caller may see it, says about one plane's problem. */
export interface FleetFacts {
  /** The last heartbeats of other stale planes that aren't being deleted, milliseconds since the epoch. */
  readonly frozenAtMs: readonly number[];
  /**
   * When the controllers of other planes noticed that their agent disconnected, milliseconds since the epoch. Excludes
   * planes that are being deleted.
   */
  readonly lostAtMs: readonly number[];
  /** The number of other planes with a fresh heartbeat, and the number of those that are of this kind. */
  readonly live: number;
  readonly liveOfKind: number;
  /** A plane of the same role on planeID `default` that reports a fresh agent; never the plane itself. */
  readonly onDefaultID: Plane | null;
  readonly incidents: readonly Incident[];
}

/** The planeID of an agent whose chart got no planeID in a value that it reads. */
export const FALLBACK_PLANE_ID = 'default';

/** Collects the facts in one pass through all planes. */
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
    // A deletion disconnects the agent, so this says nothing about the control plane.
    if (plane.deletingSince !== undefined) continue;
    const codes = health.reasons.map(({ code }) => code);
    const heartbeatAtMs = parseTimeMs(knownHeartbeat(plane.agent, plane.facts.heartbeatGap));
    if (codes.includes('heartbeat-stale') && heartbeatAtMs !== null) frozenAtMs.push(heartbeatAtMs);
    const noticedAtMs = parseTimeMs(plane.agent?.lastDisconnectedTime) ?? heartbeatAtMs;
    if (codes.includes('agent-lost') && noticedAtMs !== null) lostAtMs.push(noticedAtMs);
  }
  return { frozenAtMs, lostAtMs, live, liveOfKind, onDefaultID, incidents };
}
