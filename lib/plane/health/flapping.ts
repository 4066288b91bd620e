import type { AgentConnection } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { Flapping, HealthLimits } from './health-facts';

/**
 * Returns when a flapping connection stops to count as flapping, milliseconds since the epoch: when fewer changes are
 * within the window, or earlier if it stays disconnected for a third of it. Null if it isn't flapping or a time is
 * unreadable.
 */
export function flappingEndMs(
  agent: AgentConnection,
  flapping: Flapping | undefined,
  { flappingWindowMs }: Pick<HealthLimits, 'flappingWindowMs'>,
): number | null {
  const changedAtMs = parseTimeMs(flapping?.lastChangeAt);
  const untilMs = parseTimeMs(flapping?.until);
  if (changedAtMs === null || untilMs === null) return null;
  return agent.connected ? untilMs : Math.min(untilMs, changedAtMs + flappingWindowMs / 3);
}
