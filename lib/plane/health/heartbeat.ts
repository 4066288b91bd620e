import type { Plane } from '@/lib/plane/model/plane';

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
