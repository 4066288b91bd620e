import 'server-only';
import type { WallLimits } from '@/lib/api/wall';
import type { Incident } from '@/lib/plane/health/incident';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { ObservedPlane } from './wall-projection';
import { isWithinLimits, limitsNothing } from './wall-view';

/**
 * Returns the incidents of a wall. A limited link gets only the numbers and the start of the planes that it may show,
 * and none of an incident without any of them. The filter in its address doesn't matter, because anyone with the link
 * may change it.
 */
export function wallIncidents(
  engine: Pick<FleetEngine, 'incidents' | 'incidentsSeenBy'>,
  planes: readonly ObservedPlane[],
  limits: WallLimits,
): Incident[] {
  if (engine.incidents.length === 0) return [];
  const admitted = planes.map(({ plane }) => plane).filter(isWithinLimits(limits));
  return engine.incidentsSeenBy(admitted, limitsNothing(limits) ? 'fleet' : 'wall');
}
