'use client';

import { useEffect, useRef } from 'react';
import { isForPage } from '@/components/shell/page-keys';

export interface Shortcuts {
  readonly onSearch: () => void;
  readonly onRows: () => void;
  readonly onEscape: () => void;
}

/** Handles the page's shortcuts wherever the focus is, except in elements that handle keys themselves. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isForPage(event)) return;
      const { onSearch, onRows, onEscape } = latest.current;
      // The arrow key only enters the list; inside it, the list moves the focus.
      const action = {
        '/': onSearch,
        Escape: onEscape,
        ArrowDown: event.target === document.body ? onRows : undefined,
        j: event.target === document.body ? onRows : undefined,
      }[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/**
 * Gives Escape to something that is running, before it clears the selection or the filters.
 *
 * @param action null: nothing is running
 */
export function useEscape(action: (() => void) | null): void {
  useEffect(() => {
    if (action === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isForPage(event)) return;
      event.preventDefault();
      action();
    };
    // Captured, so the page's own shortcut finds the key taken.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [action]);
}
