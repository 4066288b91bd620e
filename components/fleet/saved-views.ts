'use client';

import { OwnSetting, useOwnSetting } from '@/lib/client/own-setting';
import { z } from '@/lib/zod';

export const MAX_VIEW_NAME = 60;
const MAX_VIEWS = 50;

/** A view of the list that a person named. Its address shows the same to everyone. */
export interface SavedView {
  readonly name: string;
  /** The query, with its question mark; empty for the default view. */
  readonly search: string;
}

/** Longer than any address that the list writes. */
const MAX_SEARCH = 20_000;

const schema = z.object({ name: z.string().min(1).max(MAX_VIEW_NAME), search: z.string().max(MAX_SEARCH) });

const NONE: readonly SavedView[] = [];

const SETTING = new OwnSetting<readonly SavedView[]>('planeboard.fleet-views', NONE, parseViews);

/** Returns the views among what is stored. One that can't be read must not cost the others. */
export function parseViews(stored: unknown): readonly SavedView[] {
  if (!Array.isArray(stored)) return NONE;
  return (stored as unknown[]).flatMap((item) => schema.safeParse(item).data ?? []).slice(0, MAX_VIEWS);
}

/** Returns this person's views in this browser, in the order of their names. */
export function useSavedViews(): readonly SavedView[] {
  return useOwnSetting(SETTING);
}

export function storeViews(views: readonly SavedView[]): void {
  SETTING.store(views);
}

/** Returns the views with one more; one of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [...withoutView(views, view.name), view].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Returns the views without the one of a name. */
export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((one) => one.name !== name);
}

/** Returns why a view can't be saved with a name, in a sentence; null if it can. */
export function viewNameProblem(name: string, views: readonly SavedView[]): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'Enter a name.';
  if (trimmed.length > MAX_VIEW_NAME) return `Use at most ${MAX_VIEW_NAME} characters.`;
  const isNew = !views.some((one) => one.name === trimmed);
  return isNew && views.length >= MAX_VIEWS ? `Delete a view first: ${MAX_VIEWS} are saved.` : null;
}
