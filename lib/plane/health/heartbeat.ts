import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { HealthLimits, HeartbeatGap } from './health-facts';

/**
 * Returns whether only a plane's heartbeat changed. This is by far the most frequent change, and it affects no list,
 * no filter and no other plane.
 */
export function isHeartbeatOnly(before: Plane, after: Plane): boolean {
  return (
    before.agent !== undefined &&
    after.agent !== undefined &&
    withoutHeartbeat(before) === withoutHeartbeat(after)
  );
}

/** JSON drops undefined fields, and rows of one kind have their fields in the same order. */
function withoutHeartbeat(plane: Plane): string {
  return JSON.stringify({
    ...plane,
    resourceVersion: undefined,
    agent: { ...plane.agent, lastHeartbeatTime: undefined },
  });
}

/**
 * Returns the newest heartbeat that counts for a plane, RFC 3339: the one in its status or, while the status says
 * connected without one, the one that the server remembers. Undefined if there is none.
 */
export function knownHeartbeat(
  agent: AgentConnection | undefined,
  gap: HeartbeatGap | undefined,
): string | undefined {
  const own = agent?.lastHeartbeatTime;
  return parseTimeMs(own) === null ? (gap?.last ?? own) : own;
}

/**
 * Returns a plane's agents with the newest heartbeat that counts. A gateway with several replicas may report an agent
 * without its heartbeat, now and then or for long.
 */
export function agentWithKnownHeartbeat({
  agent,
  facts,
}: Pick<Plane, 'agent'> & { readonly facts: { readonly heartbeatGap?: HeartbeatGap | undefined } }):
  | AgentConnection
  | undefined {
  const lastHeartbeatTime = knownHeartbeat(agent, facts.heartbeatGap);
  return agent && lastHeartbeatTime !== undefined ? { ...agent, lastHeartbeatTime } : agent;
}

/**
 * Returns whether contact was proven recently enough for the data to count as current. Contact further in the future
 * than the allowed skew proves nothing: a clock was changed, so its age is unknown.
 *
 * @param contactAtMs on the API server's clock like nowMs, milliseconds since the epoch; null: never
 */
export function isContactFresh(contactAtMs: number | null, limits: HealthLimits, nowMs: number): boolean {
  if (contactAtMs === null) return false;
  const ageMs = nowMs - contactAtMs;
  return ageMs >= -limits.heartbeatSkewMs && ageMs <= limits.contactLostMs;
}
