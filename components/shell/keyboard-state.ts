'use client';

import { useSyncExternalStore } from 'react';

/** What the keyboard has opened over the page. */
export type KeyboardPanel = 'shortcuts' | 'palette' | null;

let panel: KeyboardPanel = null;
const listeners = new Set<() => void>();

/** Opens a panel, or closes the open one. */
export function showKeyboardPanel(next: KeyboardPanel): void {
  panel = next;
  for (const listener of listeners) listener();
}

/** Returns the open panel. */
export function useKeyboardPanel(): KeyboardPanel {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => panel,
    () => null,
  );
}
