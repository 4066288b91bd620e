'use client';

import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';

/**
 * The checkbox in the gutter of a row, or with `some` of the list's head. It shows when the pointer or the focus is on
 * its row, once anything is chosen, and always where no pointer can hover. The list stays one stop of the Tab key: `x`
 * chooses the plane in focus.
 */
export function SelectionBox({
  label,
  checked,
  some = false,
  shown,
  onSelect,
}: {
  readonly label: string;
  readonly checked: boolean;
  /** Some are chosen, and some are not. */
  readonly some?: boolean;
  readonly shown: boolean;
  readonly onSelect: (range: boolean) => void;
}) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = some;
  }, [some]);
  return (
    <label
      className={clsx(
        'absolute inset-y-0 left-0 z-10 flex w-9 items-center justify-center',
        !shown &&
          'opacity-0 has-focus-visible:opacity-100 group-hover/row:opacity-100 group-has-[a:focus-visible]/row:opacity-100 [@media(hover:none)]:opacity-100',
      )}
    >
      <input
        ref={ref}
        type="checkbox"
        tabIndex={-1}
        checked={checked}
        aria-label={label}
        // React wants a handler beside `checked`; what the shift key was is only in the click.
        onChange={() => {}}
        onClick={(event) => onSelect(event.shiftKey)}
        className="size-4 accent-accent"
      />
    </label>
  );
}
