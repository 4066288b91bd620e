'use client';

import { useEffect, useRef } from 'react';

/**
 * A new row gets the focus, and so does the one before a row that went, or the button `data-add` where none is left.
 * The first result goes on an element around the rows, which are the items of its first `<ul>`.
 */
export function useRowFocus() {
  const list = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | 'add' | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const row = wanted.current === 'add' ? null : rowsOf(list.current)[wanted.current];
    // A box has its button to remove it first, and that is the last thing to land on.
    const target = row
      ? (row.querySelector<HTMLElement>('input, select, textarea') ?? row.querySelector('button'))
      : list.current?.querySelector<HTMLElement>('[data-add]');
    target?.focus();
    wanted.current = null;
  });
  const focusRow = (index: number) => {
    wanted.current = index;
  };
  const focusAdd = () => {
    wanted.current = 'add';
  };
  return [list, focusRow, focusAdd] as const;
}

/** The list's own rows, without those of lists within it. */
function rowsOf(list: HTMLElement | null): Element[] {
  return [...(list?.querySelector('ul')?.children ?? [])];
}
