'use client';

import { clsx } from 'clsx';
import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { formatCount } from '@/lib/client/format-count';
import { fleetFacets } from '@/lib/plane/fleet/fleet-facets';
import { prepareSearch } from '@/lib/plane/fleet/fleet-filter';
import { isFiltered, withoutFilters } from '@/lib/plane/fleet/fleet-view';
import { ActiveFilters } from './active-filters';
import { columnsOf } from './columns';
import { DisplayMenu } from './display-menu';
import { ExportMenu } from './export-menu';
import { FilterPopover } from './filter-popover';
import { FleetEmpty } from './fleet-empty';
import { type FleetList, useFleetList, useRenderedFleetList } from './fleet-list';
import { FleetTable } from './fleet-table';
import { HealthFilter } from './health-filter';
import { SearchField } from './search-field';
import { ShortcutsDialog } from './shortcuts-dialog';
import { SourceNotices } from './source-notices';
import { useFleetView } from './use-fleet-view';
import { useSelection } from './use-selection';
import { useShortcuts } from './use-shortcuts';

/** Most never select anything, so what can be done with a selection is loaded with the first. */
const SelectionBar = lazy(() =>
  import('./selection-bar').then((module) => ({ default: module.SelectionBar })),
);

/**
 * The fleet. `first` is what the server rendered: the head of the list and its numbers, shown until the feed brings
 * all planes; should it bring nothing, they grow old.
 */
export function FleetScreen({
  first: rendered,
  readOnly,
}: {
  readonly first: FleetList;
  /** Whether this installation of Planeboard takes no writes at all. */
  readonly readOnly: boolean;
}) {
  const meta = useFleetMeta();
  const [view, change] = useFleetView();
  const rows = useFleetRows(view.sort.by === 'heartbeat');
  const first = useRenderedFleetList(rendered, rows !== null);
  const live = useFleetList(rows, view);
  const list = rows === null ? first : live;
  const shownRows = useMemo(
    () => (rows === null ? planesOf(first) : live.shownRows),
    [rows, first, live.shownRows],
  );
  const facets = useCallback(() => fleetFacets(rows ?? planesOf(first)), [rows, first]);
  const columns = useMemo(() => columnsOf(view), [view]);

  const selecting = useSelection(list.items);
  const selected = useMemo(
    () => (selecting.uids.size === 0 ? NONE_SELECTED : selectedRows(shownRows, rows ?? [], selecting.uids)),
    [shownRows, rows, selecting.uids],
  );

  const search = useRef<HTMLInputElement>(null);
  const region = useRef<HTMLDivElement>(null);
  const [help, setHelp] = useState(false);
  const focusRows = useCallback(() => {
    region.current?.querySelector<HTMLElement>('[data-index][tabindex="0"], [data-index]')?.focus();
  }, []);
  const clear = useCallback(() => change(withoutFilters(view)), [change, view]);
  useShortcuts({
    onSearch: () => search.current?.focus(),
    onHelp: () => setHelp(true),
    onRows: focusRows,
    onEscape: () => {
      if (selecting.uids.size > 0) selecting.clear();
      else if (isFiltered(view)) clear();
    },
  });
  const toggleGroup = useCallback(
    (key: string) => {
      const closed = view.closed.includes(key)
        ? view.closed.filter((item) => item !== key)
        : [...view.closed, key];
      change({ closed });
    },
    [view.closed, change],
  );

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <h1 className="sr-only">Fleet of {meta.installation}</h1>
      {list.total > 0 ? (
        <div className="pt-3 pb-2.5">
          <HealthFilter
            counts={list.counts}
            selected={view.health}
            onChange={(health) => change({ health }, { push: true })}
          />
          <div className="flex items-center gap-2 px-4 pt-2.5">
            <SearchField
              inputRef={search}
              value={view.q}
              onChange={(q) => change({ q })}
              onFocus={() => prepareSearch(rows ?? [])}
              onLeave={focusRows}
            />
            <FilterPopover facets={facets} view={view} onChange={change} />
            <span className="tabular ml-auto whitespace-nowrap text-muted max-lg:hidden">
              {formatCount(list.total)} {list.total === 1 ? 'plane' : 'planes'}
            </span>
            <DisplayMenu facets={facets} view={view} onChange={change} />
            <ExportMenu rows={shownRows} />
            <Button
              icon
              aria-label="Keyboard shortcuts"
              title="Keyboard shortcuts (?)"
              className="max-md:hidden"
              onClick={() => setHelp(true)}
            >
              <Keyboard size={15} aria-hidden="true" />
            </Button>
          </div>
          <ActiveFilters view={view} shown={list.shown} total={list.total} onChange={change} />
        </div>
      ) : null}
      {meta.apiServer.state === 'reachable' ? <SourceNotices sources={meta.sources} /> : null}
      <div
        ref={region}
        className={clsx('flex min-h-0 flex-1 flex-col border-line', list.total > 0 && 'border-t')}
      >
        {list.items.length > 0 ? (
          <FleetTable
            items={list.items}
            columns={columns}
            sort={view.sort}
            onSort={(sort) => change({ sort })}
            onToggleGroup={toggleGroup}
            selecting={selecting}
          />
        ) : (
          <FleetEmpty
            apiServer={meta.apiServer}
            sources={meta.sources}
            total={list.total}
            onClearFilters={clear}
          />
        )}
      </div>
      {selected.rows.length === 0 ? null : (
        <Suspense>
          <SelectionBar
            rows={selected.rows}
            hidden={selected.hidden}
            readOnly={readOnly}
            onClear={selecting.clear}
          />
        </Suspense>
      )}
      <ShortcutsDialog open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

interface SelectedRows {
  readonly rows: readonly FleetRow[];
  /** How many of them the list does not show. */
  readonly hidden: number;
}

const NONE_SELECTED: SelectedRows = { rows: [], hidden: 0 };

/** What is chosen and still there: first in the list's order, then what the list does not show. */
function selectedRows(
  shown: readonly FleetRow[],
  all: readonly FleetRow[],
  uids: ReadonlySet<string>,
): SelectedRows {
  const isSelected = ({ plane }: FleetRow) => uids.has(plane.uid);
  const inOrder = shown.filter(isSelected);
  const told = new Set(inOrder);
  const hidden = all.filter((row) => isSelected(row) && !told.has(row));
  return { rows: [...inOrder, ...hidden], hidden: hidden.length };
}

function planesOf(list: FleetList): FleetRow[] {
  return list.items.flatMap((item) => (item.type === 'plane' ? [item.entry] : []));
}
