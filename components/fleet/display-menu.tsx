'use client';

import { SlidersHorizontal } from 'lucide-react';
import { Menu, MenuCheckItem, MenuGroup, MenuItem, MenuRadioItem } from '@/components/ui/menu';
import type { FleetFacets } from '@/lib/plane/fleet/fleet-facets';
import {
  EXTRA_COLUMNS,
  type ExtraColumn,
  type FleetView,
  type GroupBy,
  labelKeyOf,
  showsCertificates,
} from '@/lib/plane/fleet/fleet-view';
import { columnsOf, nextSort, sortText } from './columns';

interface Props {
  readonly facets: () => FleetFacets;
  readonly view: FleetView;
  readonly onChange: (change: Partial<FleetView>) => void;
  readonly onEditColumns: () => void;
}

/** The menu for grouping, columns and sorting. Narrow screens sort here because they have no table head. */
export function DisplayMenu(props: Props) {
  return (
    <Menu
      label="Display"
      button={{
        variant: 'outline',
        'aria-label': 'Display',
        children: (
          <>
            <SlidersHorizontal size={14} aria-hidden="true" />
            <span className="max-sm:hidden">Display</span>
          </>
        ),
      }}
    >
      <DisplayChoices {...props} />
    </Menu>
  );
}

const GROUPS: readonly (readonly [GroupBy | null, string])[] = [
  [null, 'None'],
  ['health', 'Health'],
  ['role', 'Role'],
  ['owner', 'Owner'],
  ['planeID', 'Plane ID'],
];

/** Mounted only while the menu is open, so a closed menu gathers no labels. */
function DisplayChoices({ facets, view, onChange, onEditColumns }: Props) {
  const groupLabel = view.group === null ? undefined : labelKeyOf(view.group);
  const keys = [
    ...new Set([...facets().labels.keys(), ...view.columns, ...(groupLabel ? [groupLabel] : [])]),
  ];
  const groups = [...GROUPS, ...keys.map((key) => [`label:${key}`, `Label ${key}`] as const)];
  // Sorting by a hidden column shows it.
  const sortable = columnsOf({ ...view, extras: EXTRA_COLUMNS });
  const certificates = showsCertificates(view);
  const toggleExtra = (id: ExtraColumn) => {
    const shown = view.extras.includes(id);
    onChange({ extras: EXTRA_COLUMNS.filter((one) => (one === id ? !shown : view.extras.includes(one))) });
  };
  /** A column that is shown on request, or while the list is sorted by it. */
  const plainExtra = (id: 'owner' | 'created', title: string) => (
    <MenuCheckItem
      checked={view.extras.includes(id) || view.sort.by === id}
      disabled={view.sort.by === id}
      onSelect={() => toggleExtra(id)}
    >
      <span className="truncate">{title}</span>
    </MenuCheckItem>
  );
  const toggleColumn = (key: string) => {
    const shown = view.columns.includes(key);
    onChange({ columns: shown ? view.columns.filter((item) => item !== key) : [...view.columns, key] });
  };
  return (
    <>
      <MenuGroup title="Group by">
        {groups.map(([group, label]) => (
          <MenuRadioItem
            key={label}
            checked={view.group === group}
            onSelect={() => onChange({ group, closed: [] })}
          >
            <span className="truncate">{label}</span>
          </MenuRadioItem>
        ))}
      </MenuGroup>
      <MenuGroup title="Sort by">
        {sortable.map(({ id, title }) => (
          <MenuRadioItem
            key={id}
            checked={view.sort.by === id}
            onSelect={() => onChange({ sort: nextSort(view.sort, id) })}
          >
            <span className="truncate">{title}</span>
            {view.sort.by === id ? (
              <span className="ml-auto text-muted text-xs">{sortText(view.sort)}</span>
            ) : null}
          </MenuRadioItem>
        ))}
      </MenuGroup>
      <MenuGroup title="More columns">
        {plainExtra('owner', 'Owner')}
        <MenuCheckItem
          checked={certificates}
          // A column that the list is sorted or filtered by can't be hidden.
          disabled={certificates && !view.extras.includes('certificate')}
          onSelect={() => toggleExtra('certificate')}
        >
          <span className="truncate">CA expires</span>
        </MenuCheckItem>
        {plainExtra('created', 'Created')}
        <MenuItem onSelect={onEditColumns}>Order, hide and size columns…</MenuItem>
      </MenuGroup>
      {keys.length > 0 ? (
        <MenuGroup title="Label columns">
          {keys.map((key) => (
            <MenuCheckItem key={key} checked={view.columns.includes(key)} onSelect={() => toggleColumn(key)}>
              <span className="truncate">{key}</span>
            </MenuCheckItem>
          ))}
        </MenuGroup>
      ) : null}
    </>
  );
}
