'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';
import type { FleetSort } from '@/lib/plane/fleet/fleet-view';
import { type Column, isNumeric, nextSort, sortText } from './columns';
import type { SelectionControl } from './selection';
import { SelectionBox } from './selection-box';

/** The list's head. Each column sorts, and the head stays visible while the rows scroll. */
export function TableHead({
  columns,
  sort,
  onSort,
  items,
  selection,
}: {
  readonly columns: readonly Column[];
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
  readonly items: readonly FleetItem[];
  readonly selection: SelectionControl;
}) {
  const { uids, toggleAll } = selection;
  const isSelecting = uids.size > 0;
  const isAllSelected = isSelecting && items.every(({ type, key }) => type === 'group' || uids.has(key));
  return (
    <thead className="sticky top-0 z-10 max-lg:hidden">
      <tr className="group/row relative">
        {columns.map((column, index) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort}>
            {index === 0 ? (
              <SelectionBox
                label="Select all shown planes"
                checked={isAllSelected}
                some={isSelecting && !isAllSelected}
                shown={isSelecting}
                onSelect={toggleAll}
              />
            ) : null}
          </HeadCell>
        ))}
      </tr>
    </thead>
  );
}

function HeadCell({
  column,
  sort,
  onSort,
  children,
}: {
  readonly column: Column;
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
  readonly children: ReactNode;
}) {
  const active = sort.by === column.id;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const next = nextSort(sort, column.id);
  return (
    <th
      scope="col"
      // Screen readers announce each cell with its column's name, which must not include the select-all checkbox.
      aria-label={column.title}
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className="h-8 border-line border-b bg-canvas px-3 text-left font-medium text-muted text-xs first:pl-9 last:pr-4"
    >
      {children}
      <button
        type="button"
        title={`Sort ${sortText(next)}`}
        onClick={() => onSort(next)}
        className={clsx(
          'flex h-8 max-w-full items-center gap-1 rounded hover:text-ink',
          isNumeric(column.id) && 'ml-auto',
          active && 'text-ink',
        )}
      >
        <span className="truncate">{column.title}</span>
        {active ? <Arrow size={12} aria-hidden="true" className="shrink-0" /> : null}
      </button>
    </th>
  );
}
