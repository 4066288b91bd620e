'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';

const PAGE_ROWS = 12;

/** Returns the index that a key moves the focus to, or undefined for other keys. */
function targetIndex(key: string, index: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(index + 1, last);
    case 'ArrowUp':
    case 'k':
      return Math.max(index - 1, 0);
    case 'PageDown':
      return Math.min(index + PAGE_ROWS, last);
    case 'PageUp':
      return Math.max(index - PAGE_ROWS, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/**
 * Moves the focus through a list that renders only visible rows: it scrolls first, then focuses the row once it's
 * rendered. The list is a single Tab stop. The focus stays with its plane when the order changes.
 */
export function useRovingFocus({
  items,
  scroller,
  virtualizer,
  onToggleGroup,
  onSelect,
  onExtend,
}: {
  readonly items: readonly FleetItem[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly onToggleGroup: (key: string) => void;
  /** Toggles the focused plane; with `range` selects from the previous one to it. */
  readonly onSelect: (key: string, range: boolean) => void;
  /** Called when Shift moves the focus, to extend the selection. */
  readonly onExtend: (from: string, to: string) => void;
}) {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const pendingIndex = useRef<number | null>(null);
  const activeIndex = activeKey === null ? 0 : items.findIndex((item) => item.key === activeKey);
  const index = Math.max(activeIndex, 0);

  useLayoutEffect(() => {
    if (pendingIndex.current === null) return;
    const target = scroller.current?.querySelector<HTMLElement>(`[data-index="${pendingIndex.current}"]`);
    if (!target) return;
    pendingIndex.current = null;
    target.focus({ preventScroll: true });
  });

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLDivElement>) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (!(event.target instanceof HTMLElement) || event.target.dataset.index === undefined) return;
      const item = items[index];
      if (item?.type === 'plane' && event.key.toLowerCase() === 'x') {
        event.preventDefault();
        onSelect(item.key, event.shiftKey);
        return;
      }
      const folds = !event.shiftKey && item?.type === 'group' && (item.open ? 'ArrowLeft' : 'ArrowRight');
      if (item && event.key === folds) {
        event.preventDefault();
        onToggleGroup(item.key);
        return;
      }
      const from = Number(event.target.dataset.index);
      const target = targetIndex(event.key, from, items.length);
      if (target === undefined) return;
      event.preventDefault();
      if (target === from) return;
      const next = items[target];
      if (event.shiftKey && item?.type === 'plane' && next?.type === 'plane') onExtend(item.key, next.key);
      pendingIndex.current = target;
      setActiveKey(items[target]?.key ?? null);
      virtualizer.scrollToIndex(target);
    },
    [items, index, onToggleGroup, onSelect, onExtend, virtualizer],
  );

  const onFocus = useCallback(
    (event: { readonly target: EventTarget }) => {
      if (!(event.target instanceof HTMLElement) || event.target.dataset.index === undefined) return;
      setActiveKey(items[Number(event.target.dataset.index)]?.key ?? null);
    },
    [items],
  );

  return { index, handlers: { onKeyDown, onFocus } };
}
