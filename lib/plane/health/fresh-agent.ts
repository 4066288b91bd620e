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
