import type { AttentionCounts } from '@/lib/plane/health/attention';
import { groupEntries } from './fleet-group';
import type { FleetEntry, FleetView } from './fleet-view';

/** One line of the list: a plane, or the head of a group with what is in it. */
export type FleetItem<T extends FleetEntry = FleetEntry> =
  | { readonly type: 'plane'; readonly key: string; readonly entry: T }
  | {
      readonly type: 'group';
      readonly key: string;
      readonly title: string;
      readonly size: number;
      readonly counts: AttentionCounts;
      readonly open: boolean;
    };

/** The lines of the list from filtered and sorted entries: as they are, or under their groups' heads. */
export function fleetItems<T extends FleetEntry>(
  entries: readonly T[],
  view: Pick<FleetView, 'group' | 'closed'>,
): FleetItem<T>[] {
  const planeItem = (entry: T): FleetItem<T> => ({ type: 'plane', key: entry.plane.uid, entry });
  if (view.group === null) return entries.map(planeItem);
  return groupEntries(entries, view.group).flatMap(({ key, title, entries: members, counts }) => {
    const open = !view.closed.includes(key);
    const head: FleetItem<T> = { type: 'group', key, title, size: members.length, counts, open };
    return open ? [head, ...members.map(planeItem)] : [head];
  });
}
