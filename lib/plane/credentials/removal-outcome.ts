import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';

/**
 * How a plane's agent is after its old certificate was dropped. `waiting`: the last that was written is from before.
 * `unmeasured`: nothing reports on an agent.
 */
export type AfterDrop = 'waiting' | 'connected' | 'lost' | 'unmeasured';

/**
 * What a plane's status says of the time after a certificate was dropped. Only a heartbeat from after it proves that an
 * agent is there; that none is connected is believed at once.
 *
 * @param droppedAt RFC 3339, on the API server's clock
 */
export function removalOutcome({ agent }: Pick<Plane, 'agent'>, droppedAt: string): AfterDrop {
  if (!agent) return 'unmeasured';
  if (!agent.connected) return 'lost';
  const heartbeatMs = parseTimeMs(agent.lastHeartbeatTime);
  const droppedMs = parseTimeMs(droppedAt);
  return heartbeatMs !== null && droppedMs !== null && heartbeatMs > droppedMs ? 'connected' : 'waiting';
}
