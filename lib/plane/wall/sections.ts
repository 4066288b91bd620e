import { compareHealthStates, type HealthState } from '@/lib/plane/health/health-state';
import { ROLE_LABELS } from '@/lib/plane/model/kinds';
import type { BoardPlane } from './board';
import type { WallGroup } from './wall-filter';

/** Tiles under a common heading, or null for none. */
export interface Section<P extends BoardPlane> {
  readonly heading: string | null;
  readonly planes: readonly P[];
}

/** Returns the label of a plane's group. */
function groupLabel(plane: BoardPlane, group: WallGroup): string {
  if (group === 'role') return ROLE_LABELS[plane.role];
  if (group === 'namespace') return plane.namespace ?? 'Cluster-wide';
  return plane.group ?? 'Without this label';
}

/** Groups sorted planes. The group with the worst plane comes first. */
export function sectionsOf<P extends BoardPlane>(
  planes: readonly P[],
  group: WallGroup | null,
): Section<P>[] {
  if (planes.length === 0) return [];
  if (group === null) return [{ heading: null, planes }];
  return [...grouped(planes, group)]
    .map(([heading, members]) => ({ heading, planes: members }))
    .toSorted((a, b) => compareWorst(a.planes, b.planes) || a.heading.localeCompare(b.heading));
}

/** The summary of one group: its worst state, and its numbers of planes in that state and in total. */
export interface GroupCount {
  readonly heading: string;
  readonly worst: HealthState;
  readonly inWorst: number;
  readonly planes: number;
}

/** Returns all groups, worst first. */
export function groupCounts(planes: readonly BoardPlane[], group: WallGroup): GroupCount[] {
  return [...grouped(planes, group)]
    .map(([heading, members]) => {
      const worst = members.map(({ health }) => health.state).toSorted(compareHealthStates)[0];
      return {
        heading,
        worst: worst ?? 'unknown',
        inWorst: members.filter(({ health }) => health.state === worst).length,
        planes: members.length,
      };
    })
    .toSorted((a, b) => compareHealthStates(a.worst, b.worst) || a.heading.localeCompare(b.heading));
}

function grouped<P extends BoardPlane>(planes: readonly P[], group: WallGroup): Map<string, P[]> {
  const groups = new Map<string, P[]>();
  for (const plane of planes) {
    const heading = groupLabel(plane, group);
    const members = groups.get(heading);
    if (members) members.push(plane);
    else groups.set(heading, [plane]);
  }
  return groups;
}

function compareWorst(a: readonly BoardPlane[], b: readonly BoardPlane[]): number {
  return compareHealthStates(a[0]?.health.state ?? 'healthy', b[0]?.health.state ?? 'healthy');
}
