'use client';

import { SlidersHorizontal } from 'lucide-react';
import { Button } from '@/components/ui/button';
import {
  Menu,
  MenuCheckItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
} from '@/components/ui/menu';
import type { FleetFacets } from '@/lib/plane/fleet-facets';
import { type FleetView, type GroupBy, labelKeyOf } from '@/lib/plane/fleet-view';
import { columnsOf, nextSort, sortWords } from './columns';

const NO_GROUP = 'none';

/** How the list is shown: grouping, label columns, and sorting for screens too narrow for a table's head. */
export function DisplayMenu({
  facets,
  view,
  onChange,
}: {
  readonly facets: () => FleetFacets;
  readonly view: FleetView;
  readonly onChange: (change: Partial<FleetView>) => void;
}) {
  return (
    <Menu
      trigger={
        <Button variant="outline" aria-label="Display">
          <SlidersHorizontal size={14} aria-hidden="true" />
          <span className="max-sm:hidden">Display</span>
        </Button>
      }
    >
      <DisplayChoices facets={facets} view={view} onChange={onChange} />
    </Menu>
  );
}

/** Only mounted while the menu is open. */
function DisplayChoices({
  facets,
  view,
  onChange,
}: {
  readonly facets: () => FleetFacets;
  readonly view: FleetView;
  readonly onChange: (change: Partial<FleetView>) => void;
}) {
  const used = labelKeyOf(view.group ?? 'role');
  const keys = [...new Set([...facets().labels.keys(), ...view.columns, ...(used ? [used] : [])])];
  const group = (value: string) => {
    onChange({ group: value === NO_GROUP ? null : (value as GroupBy), closed: [] });
  };
  const column = (key: string, shown: boolean) => {
    onChange({ columns: shown ? [...view.columns, key] : view.columns.filter((item) => item !== key) });
  };
  return (
    <>
      <MenuLabel>Group by</MenuLabel>
      <MenuRadioGroup value={view.group ?? NO_GROUP} onValueChange={group}>
        <MenuRadioItem value={NO_GROUP}>Nothing</MenuRadioItem>
        <MenuRadioItem value="role">Role</MenuRadioItem>
        <MenuRadioItem value="planeID">Plane ID</MenuRadioItem>
        {keys.map((key) => (
          <MenuRadioItem key={key} value={`label:${key}`}>
            <span className="truncate">Label {key}</span>
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuLabel>Sort by</MenuLabel>
      <MenuRadioGroup value={view.sort.by}>
        {columnsOf(view.columns).map(({ id, title }) => (
          <MenuRadioItem
            key={id}
            value={id}
            onSelect={(event) => {
              event.preventDefault();
              onChange({ sort: nextSort(view.sort, id) });
            }}
          >
            <span className="truncate">{title}</span>
            {view.sort.by === id ? (
              <span className="ml-auto text-muted text-xs">{sortWords(view.sort)}</span>
            ) : null}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      {keys.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuLabel>Label columns</MenuLabel>
          {keys.map((key) => (
            <MenuCheckItem
              key={key}
              checked={view.columns.includes(key)}
              onCheckedChange={(shown) => column(key, shown)}
            >
              <span className="truncate">{key}</span>
            </MenuCheckItem>
          ))}
        </>
      ) : null}
    </>
  );
}
