'use client';

import { OwnSetting, useOwnSetting } from '@/lib/client/own-setting';
import type { SortColumn } from '@/lib/plane/fleet/fleet-view';
import { z } from '@/lib/zod';

/** A column is readable from its title on, and wider than this it pushes the others away. */
export const MIN_COLUMN_PX = 64;
export const MAX_COLUMN_PX = 800;
const MAX_COLUMNS = 100;

/** How a person wants the columns. Which label columns there are is part of the address, because it's about content. */
export interface ColumnSettings {
  /** The ids in their order; a column that isn't in it is at its usual place. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Widths in pixels, by id. */
  readonly widthsPx: Readonly<Record<string, number>>;
}

export const DEFAULT_COLUMNS: ColumnSettings = { order: [], hidden: [], widthsPx: {} };

const schema = z.object({
  order: z.array(z.string()).max(MAX_COLUMNS),
  hidden: z.array(z.string()).max(MAX_COLUMNS),
  widthsPx: z.record(z.string(), z.number().min(MIN_COLUMN_PX).max(MAX_COLUMN_PX)),
});

const SETTING = new OwnSetting<ColumnSettings>('planeboard.fleet-columns', DEFAULT_COLUMNS, (stored) => {
  const { success, data } = schema.safeParse(stored);
  return success ? data : DEFAULT_COLUMNS;
});

/** Returns this person's settings in this browser. */
export function useColumnSettings(): ColumnSettings {
  return useOwnSetting(SETTING);
}

export function storeColumnSettings(settings: ColumnSettings): void {
  SETTING.store(settings);
}

/** Returns the settings with a column moved by one place among those that are listed. */
export function movedColumn(
  settings: ColumnSettings,
  listed: readonly SortColumn[],
  id: SortColumn,
  by: -1 | 1,
): ColumnSettings {
  const order: string[] = [...listed];
  const from = order.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= order.length) return settings;
  order.splice(from, 1);
  order.splice(to, 0, id);
  return { ...settings, order };
}

/** Returns the settings with a column's width, kept within bounds; null removes it. */
export function resizedColumn(settings: ColumnSettings, id: string, widthPx: number | null): ColumnSettings {
  const { [id]: _, ...others } = settings.widthsPx;
  if (widthPx === null) return { ...settings, widthsPx: others };
  const bounded = Math.round(Math.min(MAX_COLUMN_PX, Math.max(MIN_COLUMN_PX, widthPx)));
  return { ...settings, widthsPx: { ...others, [id]: bounded } };
}
