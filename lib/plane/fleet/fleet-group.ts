import { ATTENTION_LABELS, type AttentionCounts } from '@/lib/plane/health/attention';
import { kindOfName, ROLE_LABELS } from '@/lib/plane/model/kinds';
import { labelOf } from '@/lib/plane/model/labels';
import { siblingKey } from '@/lib/plane/model/references';
import { countEntries } from './fleet-filter';
import { type FleetEntry, type FleetView, type GroupBy, labelKeyOf, shownState } from './fleet-view';

/**
 * The key of the group for planes without the value that is grouped by. Round brackets occur in no name and no label.
 */
export const NO_GROUP_KEY = '(none)';

export interface FleetGroup<T extends FleetEntry> {
  readonly key: string;
  /** The title of what the members share. */
  readonly title: string;
  readonly entries: readonly T[];
  readonly counts: AttentionCounts;
}

interface Belongs {
  readonly key: string;
  readonly title: string;
}

function groupOf(member: FleetEntry, by: GroupBy): Belongs {
  const { plane } = member;
  if (by === 'health') {
    const state = shownState(member);
    return { key: state, title: ATTENTION_LABELS[state] };
  }
  const entry = kindOfName(plane.kind);
  const role = entry ? ROLE_LABELS[entry.role] : 'Other';
  if (by === 'role') return { key: entry?.role ?? NO_GROUP_KEY, title: `${role} planes` };
  if (by === 'owner')
    return plane.owner === undefined
      ? { key: NO_GROUP_KEY, title: 'Without an owner' }
      : { key: `=${plane.owner}`, title: plane.owner };
  if (by === 'planeID') {
    const key = siblingKey(plane);
    if (key === null) return { key: NO_GROUP_KEY, title: 'Without a planeID' };
    return { key, title: `${plane.planeID} · ${role.toLowerCase()}` };
  }
  const label = labelKeyOf(by) ?? '';
  const value = labelOf(plane, label);
  if (value === undefined) return { key: NO_GROUP_KEY, title: `Without label ${label}` };
  return { key: `=${value}`, title: value === '' ? `${label} (empty)` : value };
}

/**
 * Groups sorted entries. Groups keep the order of their first members, so the sorting also orders them: worst first
 * puts the group with the worst plane on top.
 */
function groupEntries<T extends FleetEntry>(entries: readonly T[], by: GroupBy): FleetGroup<T>[] {
  const groups = new Map<string, { title: string; entries: T[] }>();
  for (const entry of entries) {
    const { key, title } = groupOf(entry, by);
    const group = groups.get(key);
    if (group) group.entries.push(entry);
    else groups.set(key, { title, entries: [entry] });
  }
  return [...groups].map(([key, group]) => ({ key, ...group, counts: countEntries(group.entries) }));
}

/** One line of the list: a plane, or the header of a group. */
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

/** Returns the lines of the list from filtered and sorted entries, either plain or under group headers. */
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
