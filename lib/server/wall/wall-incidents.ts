import 'server-only';
import { type Incident, incidentOnWall } from '@/lib/plane/health/incident';
import { siblingKey } from '@/lib/plane/model/references';
import type { ObservedPlane } from './wall-projection';
import { type WallView, wallMatcher } from './wall-view';

const NO_FILTER: WallView['filter'] = { kinds: [], roles: [], namespaces: [], health: [] };

/**
 * Returns the incidents of a wall. A limited link gets only the numbers of the planes that it may show, and none of an
 * incident without any of them. The filter in its address doesn't matter, because anyone with the link may change it.
 */
export function wallIncidents(
  incidents: readonly Incident[],
  planes: readonly ObservedPlane[],
  { limits }: WallView,
): Incident[] {
  if (Object.values(limits).every((values) => values.length === 0)) return [...incidents];
  const isAllowed = wallMatcher({ limits, filter: NO_FILTER, group: null });
  const members = planes.filter(
    ({ plane }) =>
      isAllowed(plane, plane.health.state) &&
      plane.health.reasons.some(({ code }) => code === 'control-plane-incident'),
  );
  if (members.length === 0) return [];
  const planeIDs = new Set(members.map(({ plane }) => siblingKey(plane) ?? plane.uid)).size;
  return incidents.map((incident) => incidentOnWall(incident, members.length, planeIDs));
}
