'use client';

import { useSyncExternalStore } from 'react';
import { ownKey } from '@/lib/client/session/person';
import { z } from '@/lib/zod';

const STORAGE_KEY = 'fleet-views';
export const MAX_VIEW_NAME = 60;
const MAX_VIEWS = 50;

/** A view of the list that a person named. Its address shows the same to everyone. */
export interface SavedView {
  readonly name: string;
  /** The query, with its question mark; empty for the default view. */
  readonly search: string;
}

const schema = z
  .array(z.object({ name: z.string().min(1).max(MAX_VIEW_NAME), search: z.string().max(8000) }))
  .max(MAX_VIEWS);

const NONE: readonly SavedView[] = [];
const listeners = new Set<() => void>();
let known: { readonly text: string | null; readonly views: readonly SavedView[] } | null = null;

/** Returns this person's views in this browser, in the order of their names. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(subscribe, read, () => NONE);
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

/** Stores the views. If the browser forbids that, they last as long as the page. */
export function storeViews(views: readonly SavedView[]): void {
  const text = views.length === 0 ? null : JSON.stringify(views);
  try {
    if (text === null) window.localStorage.removeItem(ownKey(STORAGE_KEY));
    else window.localStorage.setItem(ownKey(STORAGE_KEY), text);
  } catch {
    // Shown all the same.
  }
  known = { text, views };
  for (const listener of listeners) listener();
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

function read(): readonly SavedView[] {
  let text: string | null = null;
  try {
    text = window.localStorage.getItem(ownKey(STORAGE_KEY));
  } catch {
    return known?.views ?? NONE;
  }
  if (known?.text !== text) known = { text, views: parse(text) };
  return known.views;
}

function parse(text: string | null): readonly SavedView[] {
  try {
    return schema.parse(JSON.parse(text ?? '[]'));
  } catch {
    return NONE;
  }
}
