'use client';

import { clsx } from 'clsx';
import { Keyboard, SearchX } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { FleetEmpty } from '@/components/shell/fleet-empty';
import { showKeyboardPanel } from '@/components/shell/keyboard-state';
import { SourceNotices } from '@/components/shell/source-notices';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { useUrlState } from '@/lib/client/use-url-state';
import { emptyColumns } from '@/lib/plane/fleet/empty-columns';
import { fleetFacets } from '@/lib/plane/fleet/fleet-facets';
import { prepareSearch } from '@/lib/plane/fleet/fleet-filter';
import { fleetViewSearch, parseFleetView } from '@/lib/plane/fleet/fleet-url';
import {
  CERTIFICATES_VIEW,
  type FleetView,
  isFiltered,
  type SortColumn,
  withoutFilters,
} from '@/lib/plane/fleet/fleet-view';
import { planeCountText } from '@/lib/plane/model/text';
import { ActiveFilters } from './active-filters';
import { CaMovesHint } from './ca-moves-hint';
import { resizedColumn, storeColumnSettings, useColumnSettings } from './column-settings';
import { columnsOf } from './columns';
import { DisplayMenu } from './display-menu';
import { ExportMenu } from './export-menu';
import { FilterPopover } from './filter-popover';
import { type FleetList, useFleetList, useRenderedFleetList } from './fleet-list';
import { FleetTable } from './fleet-table';
import { HealthFilter } from './health-filter';
import { SearchField } from './search-field';
import { NONE_SELECTED, selectedRows, useSelection } from './selection';
import { useShortcuts } from './shortcuts';
import { ViewsMenu } from './views-menu';

/** Loaded when it's opened. */
const ColumnEditor = lazy(() =>
  import('./column-editor').then((module) => ({ default: module.ColumnEditor })),
);

/** Loaded with the first selection, because most people never select anything. */
const SelectionBar = lazy(() =>
  import('./selection-bar').then((module) => ({ default: module.SelectionBar })),
);

/**
 * The fleet page. `first` is the server-rendered head of the list with its counts, shown until the feed brings all
 * planes. If the feed brings nothing, it ages.
 */
export function FleetScreen({
  first: rendered,
  readOnly,
}: {
  readonly first: FleetList;
  /** Whether this installation is read-only. */
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
  const settings = useColumnSettings();
  const empty = useMemo(() => emptyColumns(shownRows), [shownRows]);
  const columns = useMemo(() => columnsOf(view, settings, empty), [view, settings, empty]);
  const resize = useCallback(
    (id: SortColumn, widthPx: number | null) => storeColumnSettings(resizedColumn(settings, id, widthPx)),
    [settings],
  );
  // Once opened, the editor stays, so that its dialog can give the focus back when it closes.
  const [columnEditor, setColumnEditor] = useState<'never-opened' | 'open' | 'closed'>('never-opened');

  const selection = useSelection(list.items);
  const selected = useMemo(
    () => (selection.uids.size === 0 ? NONE_SELECTED : selectedRows(shownRows, rows ?? [], selection.uids)),
    [shownRows, rows, selection.uids],
  );

  const search = useRef<HTMLInputElement>(null);
  const region = useRef<HTMLDivElement>(null);
  const focusRows = useCallback(() => {
    region.current?.querySelector<HTMLElement>('[data-index][tabindex="0"], [data-index]')?.focus();
  }, []);
  const clear = useCallback(() => change(withoutFilters(view)), [change, view]);
  useShortcuts({
    onSearch: () => search.current?.focus(),
    onRows: focusRows,
    onEscape: () => {
      if (selection.uids.size > 0) selection.clear();
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
            present={list.present}
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
              {planeCountText(list.total)}
            </span>
            <ViewsMenu view={view} onChange={change} />
            <DisplayMenu
              facets={facets}
              view={view}
              onChange={change}
              onEditColumns={() => setColumnEditor('open')}
            />
            <ExportMenu rows={shownRows} />
            <Button
              icon
              aria-label="Keyboard shortcuts"
              title="Keyboard shortcuts (?)"
              className="max-md:hidden"
              onClick={() => showKeyboardPanel('shortcuts')}
            >
              <Keyboard size={15} aria-hidden="true" />
            </Button>
          </div>
          {view.sort.by === CERTIFICATES_VIEW.sort.by ? <CaMovesHint rows={rows ?? shownRows} /> : null}
          <ActiveFilters view={view} shown={list.shown} total={list.total} onChange={change} />
        </div>
      ) : null}
      <SourceNotices />
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
            onResize={resize}
            onToggleGroup={toggleGroup}
            selection={selection}
          />
        ) : list.total > 0 ? (
          <NoneMatch onClear={clear} />
        ) : (
          <FleetEmpty apiServer={meta.apiServer} sources={meta.sources} />
        )}
      </div>
      {selection.uids.size === 0 ? null : (
        <Suspense>
          <SelectionBar
            rows={selected.rows}
            hidden={selected.hidden}
            readOnly={readOnly}
            onClear={selection.clear}
          />
        </Suspense>
      )}
      {columnEditor === 'never-opened' ? null : (
        <Suspense>
          <ColumnEditor
            view={view}
            empty={empty}
            settings={settings}
            open={columnEditor === 'open'}
            onClose={() => setColumnEditor('closed')}
          />
        </Suspense>
      )}
    </div>
  );
}

function NoneMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden="true" />}
      title="No planes match your search and filters"
      actions={
        <Button variant="outline" onClick={onClear}>
          Clear filters
        </Button>
      }
    />
  );
}

function planesOf(list: FleetList): FleetRow[] {
  return list.items.flatMap((item) => (item.type === 'plane' ? [item.entry] : []));
}

type ChangeView = (change: Partial<FleetView>, options?: { readonly push?: boolean }) => void;

/** The list's filters, sorting and grouping, kept in the URL. A typed search reaches the URL after a short delay. */
function useFleetView(): readonly [FleetView, ChangeView] {
  const [view, change] = useUrlState(parseFleetView, fleetViewSearch);
  const changeView = useCallback<ChangeView>(
    (patch, { push = false } = {}) =>
      change(patch, { push, typed: Object.keys(patch).length === 1 && patch.q !== undefined }),
    [change],
  );
  return [view, changeView];
}
