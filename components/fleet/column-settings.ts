'use client';

import { useSyncExternalStore } from 'react';
import { ownKey } from '@/lib/client/session/person';
import type { SortColumn } from '@/lib/plane/fleet/fleet-view';
import { z } from '@/lib/zod';

const STORAGE_KEY = 'fleet-columns';

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

const listeners = new Set<() => void>();
let known: { readonly text: string | null; readonly settings: ColumnSettings } | null = null;

/** Returns this person's settings in this browser; the defaults if there are none, or they can't be read. */
export function useColumnSettings(): ColumnSettings {
  return useSyncExternalStore(subscribe, read, () => DEFAULT_COLUMNS);
}

/** Stores the settings. If the browser forbids that, they last as long as the page. */
export function storeColumnSettings(settings: ColumnSettings): void {
  const isDefault = JSON.stringify(settings) === JSON.stringify(DEFAULT_COLUMNS);
  const text = isDefault ? null : JSON.stringify(settings);
  try {
    if (text === null) window.localStorage.removeItem(ownKey(STORAGE_KEY));
    else window.localStorage.setItem(ownKey(STORAGE_KEY), text);
  } catch {
    // Shown all the same.
  }
  known = { text, settings };
  for (const listener of listeners) listener();
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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same person changes them too.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function read(): ColumnSettings {
  let text: string | null = null;
  try {
    text = window.localStorage.getItem(ownKey(STORAGE_KEY));
  } catch {
    return known?.settings ?? DEFAULT_COLUMNS;
  }
  if (known?.text !== text) known = { text, settings: parse(text) };
  return known.settings;
}

function parse(text: string | null): ColumnSettings {
  try {
    return schema.parse(JSON.parse(text ?? '')) as ColumnSettings;
  } catch {
    return DEFAULT_COLUMNS;
  }
}
