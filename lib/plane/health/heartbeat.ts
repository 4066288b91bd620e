import type { Plane } from '@/lib/plane/model/plane';
import type { HealthLimits } from './health-facts';

/**
 * Whether nothing but the heartbeat of a plane has moved on: by far the most frequent change there is, and one that
 * concerns no list, no filter and no other plane.
 */
export function isHeartbeatOnly(before: Plane, after: Plane): boolean {
  return (
    before.agent !== undefined &&
    after.agent !== undefined &&
    withoutHeartbeat(before) === withoutHeartbeat(after)
  );
}

/** JSON drops what is undefined, and rows of one kind are made with their fields in one order. */
function withoutHeartbeat(plane: Plane): string {
  return JSON.stringify({
    ...plane,
    resourceVersion: undefined,
    agent: { ...plane.agent, lastHeartbeatTime: undefined },
  });
}

/**
 * Whether contact was proven lately enough for what was heard to count as current. Contact that lies further in the
 * future than clocks may differ proves nothing: a clock was set since, and nobody can say how old it is.
 *
 * @param contactAtMs and nowMs are on the API server's clock, milliseconds since the epoch; null: never
 */
export function isContactFresh(contactAtMs: number | null, limits: HealthLimits, nowMs: number): boolean {
  if (contactAtMs === null) return false;
  const ageMs = nowMs - contactAtMs;
  return ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.contactLostMs;
}
