import type { Plane } from '@/lib/plane/model/plane';
import type { Health } from './health';

/** Health reasons that make a connected status untrustworthy. */
const NOT_FRESH: ReadonlySet<string> = new Set([
  'no-contact',
  'unreadable',
  'heartbeat-missing',
  'heartbeat-not-reported',
  'heartbeat-in-future',
  'heartbeat-stale',
  'heartbeat-late',
  'agents-contradict',
  'kind-unreconciled',
]);

/** Health reasons with which not even a report that no agent is connected is current. */
const NOT_CURRENT: ReadonlySet<string> = new Set(['no-contact', 'unreadable', 'kind-unreconciled']);

/**
 * Returns how many agents are known to be connected. Null if that isn't known: nothing reports agents, or the report of
 * a connection isn't current.
 */
export function knownAgents(judged: {
  readonly plane: Pick<Plane, 'agent'>;
  readonly health: Health;
}): number | null {
  const { agent } = judged.plane;
  if (!agent || judged.health.reasons.some(({ code }) => NOT_CURRENT.has(code))) return null;
  if (!agent.connected) return 0;
  return hasFreshAgent(judged) ? Math.max(1, agent.connectedAgents) : null;
}

/** Returns whether the plane reports an agent with a fresh heartbeat. */
export function hasFreshAgent({
  plane,
  health,
}: {
  readonly plane: Pick<Plane, 'agent'>;
  readonly health: Health;
}): boolean {
  return plane.agent?.connected === true && !health.reasons.some(({ code }) => NOT_FRESH.has(code));
}
