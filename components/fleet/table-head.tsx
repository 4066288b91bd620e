'use client';

import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, type ReactNode, useRef } from 'react';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';
import type { FleetSort, SortColumn } from '@/lib/plane/fleet/fleet-view';
import { type Column, isNumeric, nextSort, sortText } from './columns';
import type { SelectionControl } from './selection';
import { SelectionBox } from './selection-box';

/** The list's head. Each column sorts, and the head stays visible while the rows scroll. */
export function TableHead({
  columns,
  sort,
  onSort,
  onResize,
  items,
  selection,
}: {
  readonly columns: readonly Column[];
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
  /** Sets a column's width in pixels; null: its usual one. */
  readonly onResize: (column: SortColumn, widthPx: number | null) => void;
  readonly items: readonly FleetItem[];
  readonly selection: SelectionControl;
}) {
  const { uids, toggleAll } = selection;
  const isSelecting = uids.size > 0;
  const isAllSelected = isSelecting && items.every(({ type, key }) => type === 'group' || uids.has(key));
  return (
    // Above the rows' checkboxes, which are above their links.
    <thead className="sticky top-0 z-20 max-lg:hidden">
      <tr className="group/row relative">
        {columns.map((column, index) => (
          <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} onResize={onResize}>
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
  onResize,
  children,
}: {
  readonly column: Column;
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
  readonly onResize: (column: SortColumn, widthPx: number | null) => void;
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
      className={clsx(
        'relative h-8 border-line border-b bg-canvas px-3 text-left font-medium text-muted text-xs first:pl-9 last:pr-4',
        column.yields && 'max-xl:hidden',
      )}
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
      <ResizeHandle column={column} onResize={onResize} />
    </th>
  );
}

/**
 * The edge of a column, which the pointer drags; a double click restores the usual width. By keyboard, the column editor
 * sets widths, so the head has no further Tab stops.
 */
function ResizeHandle({
  column,
  onResize,
}: {
  readonly column: Column;
  readonly onResize: (column: SortColumn, widthPx: number | null) => void;
}) {
  const start = useRef<{ readonly x: number; readonly widthPx: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    const width = event.currentTarget.closest('th')?.getBoundingClientRect().width ?? 0;
    start.current = { x: event.clientX, widthPx: width };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLSpanElement>) => {
    const from = start.current;
    if (from) onResize(column.id, from.widthPx + event.clientX - from.x);
  };
  const end = () => {
    start.current = null;
  };
  return (
    <span
      aria-hidden="true"
      data-resize={column.id}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onResize(column.id, null)}
      className="absolute inset-y-1 right-0 w-2 cursor-col-resize touch-none border-line border-r opacity-0 hover:opacity-100 group-hover/row:opacity-100"
    />
  );
}
