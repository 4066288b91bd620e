'use client';

import { useSyncExternalStore } from 'react';

/** What the keyboard has opened over the page. */
export type KeyboardPanel = 'shortcuts' | 'palette';

let panel: KeyboardPanel | null = null;
const listeners = new Set<() => void>();

/** Opens a panel; null closes the open one. */
export function showKeyboardPanel(next: KeyboardPanel | null): void {
  panel = next;
  for (const listener of listeners) listener();
}

/** Returns the open panel now; null: none is open. */
export function keyboardPanel(): KeyboardPanel | null {
  return panel;
}

/** Returns the open panel; null: none is open. */
export function useKeyboardPanel(): KeyboardPanel | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => panel,
    () => null,
  );
}
