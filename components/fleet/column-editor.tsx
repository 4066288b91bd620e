'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/controls';
import { Dialog } from '@/components/ui/dialog';
import type { FleetView, SortColumn } from '@/lib/plane/fleet/fleet-view';
import {
  type ColumnSettings,
  DEFAULT_COLUMNS,
  MAX_COLUMN_PX,
  MIN_COLUMN_PX,
  movedColumn,
  resizedColumn,
  storeColumnSettings,
} from './column-settings';
import { orderedColumns, REQUIRED_COLUMNS, yieldsRoom } from './columns';

/** The dialog that orders, hides and sizes the list's columns. Each choice takes effect at once. */
export function ColumnEditor({
  view,
  empty,
  settings,
  open,
  onClose,
}: {
  readonly view: FleetView;
  /** The columns in which no plane has a value. */
  readonly empty: ReadonlySet<SortColumn>;
  readonly settings: ColumnSettings;
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const columns = orderedColumns(view, settings);
  const ids = columns.map(({ id }) => id);
  const toggle = (id: SortColumn) => {
    const isHidden = settings.hidden.includes(id);
    const hidden = isHidden ? settings.hidden.filter((one) => one !== id) : [...settings.hidden, id];
    storeColumnSettings({ ...settings, hidden });
  };
  return (
    <Dialog open={open} onClose={onClose} title="Columns">
      <p className="text-muted">This browser remembers the order, the widths and what is hidden.</p>
      <ol className="mt-3 divide-y divide-line rounded-lg border border-line">
        {columns.map(({ id, title }, index) => (
          <li key={id} className="flex items-center gap-2 px-3 py-1.5">
            <div className="min-w-0 flex-1">
              <Checkbox
                checked={!settings.hidden.includes(id) || id === view.sort.by}
                disabled={REQUIRED_COLUMNS.has(id) || id === view.sort.by}
                onChange={() => toggle(id)}
              >
                {title}
                {empty.has(id) ? <span className="text-muted"> (no plane has a value)</span> : null}
                {yieldsRoom(view, id) ? <span className="text-muted"> (on wide screens)</span> : null}
              </Checkbox>
            </div>
            <WidthField
              // A width that is restored or dragged meanwhile replaces what was typed.
              key={settings.widthsPx[id] ?? 'auto'}
              title={title}
              widthPx={settings.widthsPx[id] ?? null}
              onChange={(widthPx) => storeColumnSettings(resizedColumn(settings, id, widthPx))}
            />
            <Button
              icon
              aria-label={`Move ${title} up`}
              disabled={index === 0}
              onClick={() => storeColumnSettings(movedColumn(settings, ids, id, -1))}
            >
              <ArrowUp size={14} aria-hidden="true" />
            </Button>
            <Button
              icon
              aria-label={`Move ${title} down`}
              disabled={index === columns.length - 1}
              onClick={() => storeColumnSettings(movedColumn(settings, ids, id, 1))}
            >
              <ArrowDown size={14} aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ol>
      <div className="mt-4 flex justify-between gap-2">
        <Button variant="outline" onClick={() => storeColumnSettings(DEFAULT_COLUMNS)}>
          Restore defaults
        </Button>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

/** Takes effect when the field is left, or at Enter: a number is out of bounds until it's complete. */
function WidthField({
  title,
  widthPx,
  onChange,
}: {
  readonly title: string;
  readonly widthPx: number | null;
  readonly onChange: (widthPx: number | null) => void;
}) {
  const commit = (input: HTMLInputElement) => {
    const next = input.value === '' ? null : input.valueAsNumber;
    if (next !== widthPx) onChange(next);
  };
  return (
    <label className="flex items-center gap-1.5 text-muted text-xs">
      <span className="sr-only">Width of {title}, pixels</span>
      <input
        type="number"
        min={MIN_COLUMN_PX}
        max={MAX_COLUMN_PX}
        step={10}
        placeholder="auto"
        defaultValue={widthPx ?? ''}
        onBlur={({ currentTarget }) => commit(currentTarget)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') commit(currentTarget);
        }}
        className="h-7 w-18 rounded border border-line bg-surface px-1.5 text-right text-ink"
      />
      px
    </label>
  );
}
