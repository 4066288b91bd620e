'use client';

import { useEffect, useRef } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

export interface Shortcuts {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
  readonly onRows: () => void;
  readonly onEscape: () => void;
}

/** Whether the target handles keys itself, as fields, menus and dialogs do. */
function hasOwnKeys(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, dialog, [role="menu"], [role="dialog"]') !== null
  );
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
      const { onSearch, onHelp, onRows, onEscape } = latest.current;
      // The arrow key only enters the list; inside it, the list moves the focus.
      const action = {
        '/': onSearch,
        '?': onHelp,
        Escape: onEscape,
        ArrowDown: event.target === document.body ? onRows : undefined,
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

function isForPage(event: KeyboardEvent): boolean {
  return !(
    event.defaultPrevented ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    hasOwnKeys(event.target) ||
    closesPopover(event)
  );
}

/** Whether the browser closes a menu with this key. The focus moves into the menu only with the next frame. */
function closesPopover({ key }: KeyboardEvent): boolean {
  return key === 'Escape' && document.querySelector(':popover-open') !== null;
}

const SHORTCUTS: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'Search'],
  [['↑', '↓'], 'Move between planes'],
  [['Home', 'End'], 'Go to first or last plane'],
  [['Enter'], 'Open plane'],
  [['x'], 'Select plane'],
  [['⇧', '↑', '↓'], 'Extend selection'],
  [['←', '→'], 'Collapse or expand group'],
  [['Esc'], 'Stop a running action, or clear selection, then filters'],
  [['?'], 'Show this help'],
];

/** The list's keyboard shortcuts. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <dl className="divide-y divide-line">
        {SHORTCUTS.map(([keys, label]) => (
          <div key={label} className="flex h-10 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
