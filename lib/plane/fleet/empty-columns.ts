import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import type { FleetEntry, SortColumn } from './fleet-view';

/** What a release may not have at all: before 0.12, planes have no planeID and report no agents. */
const OPTIONAL: readonly { readonly column: SortColumn; readonly has: (entry: FleetEntry) => boolean }[] = [
  { column: 'planeID', has: ({ plane }) => plane.planeID !== null },
  { column: 'agents', has: ({ plane }) => plane.agent !== undefined },
  {
    column: 'heartbeat',
    has: ({ plane }) => knownHeartbeat(plane.agent, plane.facts.heartbeatGap) !== undefined,
  },
];

/** Returns the columns in which no plane has a value; none without planes. */
export function emptyColumns(entries: readonly FleetEntry[]): ReadonlySet<SortColumn> {
  return new Set(
    entries.length === 0 ? [] : OPTIONAL.filter(({ has }) => !entries.some(has)).map(({ column }) => column),
  );
}
