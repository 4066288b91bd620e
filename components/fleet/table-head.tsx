'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { FleetSort } from '@/lib/plane/fleet-view';
import { type Column, isNumeric, nextSort, sortWords } from './columns';

/** The list's head: each column sorts, and stays in sight while the rows scroll. */
export function TableHead({
  columns,
  sort,
  onSort,
}: {
  readonly columns: readonly Column[];
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
}) {
  return (
    <thead className="sticky top-0 z-10 max-lg:hidden">
      <tr>
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

function HeadCell({
  column,
  sort,
  onSort,
}: {
  readonly column: Column;
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
}) {
  const active = sort.by === column.id;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const next = nextSort(sort, column.id);
  return (
    <th
      scope="col"
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className="h-8 border-line border-b bg-canvas px-3 text-left font-medium text-muted text-xs first:pl-4 last:pr-4"
    >
      <button
        type="button"
        title={`Sort ${sortWords(next)}`}
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
