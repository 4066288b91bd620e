import 'server-only';
import type { Incident } from '@/lib/plane/health/incident';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { ObservedPlane } from './wall-projection';
import { isInScope, showsAllPlanes, type WallView } from './wall-view';

/**
 * Returns the incidents of a wall: in the numbers of the planes in its scope, and none that none of them is lost in. A
 * choice of states doesn't matter, or a wall of healthy planes would show no incident.
 */
export function wallIncidents(
  engine: Pick<FleetEngine, 'incidents' | 'incidentsSeenBy'>,
  planes: readonly ObservedPlane[],
  view: WallView,
): Incident[] {
  if (engine.incidents.length === 0) return [];
  const inScope = planes.map(({ plane }) => plane).filter(isInScope(view));
  return engine.incidentsSeenBy(inScope, showsAllPlanes(view) ? 'fleet' : 'wall');
}
