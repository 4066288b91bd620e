'use client';

import { useSyncExternalStore } from 'react';
import { applyTheme, rememberTheme, type Theme } from './theme';

let chosen: Theme | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Returns the theme, and a function that changes it on every menu of the page.
 *
 * @param initial the theme that the server rendered
 */
export function useTheme(initial: Theme): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    subscribe,
    () => chosen ?? initial,
    () => initial,
  );
  return [theme, chooseTheme];
}

function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  rememberTheme(theme);
  chosen = theme;
  for (const listener of listeners) listener();
}
