'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useMedia } from '@/components/ui/use-media';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';
import type { FleetSort, SortColumn } from '@/lib/plane/fleet/fleet-view';
import { type Column, minWidthOf } from './columns';
import { GroupRow } from './group-row';
import { PlaneRow } from './plane-row';
import type { SelectionControl } from './selection';
import { TableHead } from './table-head';
import { useLastLook } from './use-last-look';
import { useRovingFocus } from './use-roving-focus';

/** Heights in pixels, as the rows' classes set them. */
const ROW_PX = 52;
const CARD_PX = 116;
const GROUP_PX = 36;
const HEAD_PX = 33;

/** The part of a long list that the server renders: a tall screen's worth. */
const FIRST_RECT = { width: 1280, height: 1000 };

/**
 * The list of planes. Only the visible rows are rendered; spacer rows replace those above and below. So it remains an
 * ordinary table with columns, a sticky head and rows in the flow.
 */
export function FleetTable({
  items,
  columns,
  sort,
  onSort,
  onResize,
  onToggleGroup,
  selection,
}: {
  readonly items: readonly FleetItem<FleetRow>[];
  readonly columns: readonly Column[];
  readonly sort: FleetSort;
  readonly onSort: (sort: FleetSort) => void;
  /** Sets a column's width in pixels; null: its usual one. */
  readonly onResize: (column: SortColumn, widthPx: number | null) => void;
  readonly onToggleGroup: (key: string) => void;
  readonly selection: SelectionControl;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const cards = useMedia('(width < 64rem)');
  const hydrated = useHydrated();
  const lastLookMs = useLastLook(tickNowMs);
  const headPx = cards ? 0 : HEAD_PX;
  const rowPx = cards ? CARD_PX : ROW_PX;

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(
      (index: number) => (items[index]?.type === 'group' ? GROUP_PX : rowPx),
      [items, rowPx],
    ),
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    initialRect: FIRST_RECT,
    overscan: 8,
    paddingStart: headPx,
    scrollPaddingStart: headPx,
  });
  const groupsAt = useMemo(
    () => items.flatMap(({ type }, index) => (type === 'group' ? index : [])).join(),
    [items],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: measures again when the sizes change.
  useEffect(() => virtualizer.measure(), [virtualizer, groupsAt, rowPx]);

  const focus = useRovingFocus({
    items,
    scroller,
    virtualizer,
    onToggleGroup,
    onSelect: selection.select,
    onExtend: selection.extend,
  });
  const visible = virtualizer.getVirtualItems();
  const above = (visible[0]?.start ?? headPx) - headPx;
  const below = virtualizer.getTotalSize() - (visible.at(-1)?.end ?? 0);

  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-auto print:overflow-visible"
      {...focus.handlers}
    >
      <table
        aria-label="Planes"
        aria-rowcount={items.length + 1}
        className={clsx(
          'w-full table-fixed border-separate border-spacing-0 bg-surface max-lg:block',
          minWidthOf(columns),
        )}
      >
        <colgroup className="max-lg:hidden">
          {columns.map((column) => (
            <col
              key={column.id}
              className={clsx(column.widthPx === null && column.width, column.yields && 'max-xl:hidden')}
              style={column.widthPx === null ? undefined : { width: column.widthPx }}
            />
          ))}
        </colgroup>
        <TableHead
          columns={columns}
          sort={sort}
          onSort={onSort}
          onResize={onResize}
          items={items}
          selection={selection}
        />
        <tbody className="max-lg:block">
          <Spacer px={above} span={columns.length} />
          {visible.map(({ index, key }) => {
            const item = items[index];
            if (!item) return null;
            const focusable = focus.index === index;
            return item.type === 'group' ? (
              <GroupRow
                key={key}
                group={item}
                index={index}
                span={columns.length}
                focusable={focusable}
                onToggle={onToggleGroup}
              />
            ) : (
              <PlaneRow
                key={key}
                listed={item.entry}
                index={index}
                columns={columns}
                focusable={focusable}
                selected={selection.uids.has(item.key)}
                selecting={selection.uids.size > 0}
                lastLookMs={lastLookMs}
                onSelect={selection.select}
              />
            );
          })}
          {/* The CSP blocks its style attribute in the server's HTML, but not if a script sets it. */}
          {hydrated ? <Spacer px={below} span={columns.length} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ px, span }: { readonly px: number; readonly span: number }) {
  if (px <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row takes no focus; this one only takes up space.
    <tr aria-hidden="true" className="max-lg:block">
      <td colSpan={span} className="p-0 max-lg:block" style={{ height: px }} />
    </tr>
  );
}

const never = () => () => {};

/** False on the server and during hydration, true afterwards. */
function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
