import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';
import type { Clock } from './health-finding';

/**
 * How long a controller may take to respond. It reconciles a refreshed plane within seconds, and every plane once in
 * 60 s anyway.
 */
const CONTROLLER_SILENT_MS = 75_000;

/**
 * The controller reconciles a refreshed resource within seconds. After this, its status reflects the time of the
 * refresh.
 */
const ANSWERED_MS = 5_000;

/** Adding a plane drops the agents of its planeID. They return within this time. */
const AGENTS_RETURN_MS = 10_000;

/** Whether a controller that should have answered since then counts as silent. */
export function isControllerSilent(sinceMs: number, nowMs: number): boolean {
  return nowMs - sinceMs > paced(CONTROLLER_SILENT_MS);
}

/**
 * Returns whether a plane's status is newer than an agent that another plane on its planeID reports: it would show
 * that agent if the plane accepted it.
 *
 * @param connectedAtMs when that plane's controller noticed the agent, milliseconds since the epoch; null: unknown
 * @param refreshesMs when this plane's status was refreshed, milliseconds since the epoch
 */
export function statusCoversAgent(
  plane: Pick<Plane, 'createdAt' | 'generation' | 'observedGeneration'>,
  connectedAtMs: number | null,
  refreshesMs: readonly number[],
  clock: Clock,
): boolean {
  // The status predates the last change, which says more than any conclusion from it.
  if (plane.observedGeneration !== undefined && plane.observedGeneration < plane.generation) return false;
  const createdAtMs = parseTimeMs(plane.createdAt);
  const sinceMs = Math.max(
    connectedAtMs ?? Number.NEGATIVE_INFINITY,
    createdAtMs === null ? Number.NEGATIVE_INFINITY : createdAtMs + paced(AGENTS_RETURN_MS),
  );
  if (sinceMs === Number.NEGATIVE_INFINITY || clock.after(sinceMs + paced(CONTROLLER_SILENT_MS))) return true;
  return refreshesMs.some((refreshMs) => refreshMs > sinceMs && clock.after(refreshMs + ANSWERED_MS));
}
