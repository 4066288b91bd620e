'use client';

import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';

/**
 * The checkbox in the gutter of a row or, with `some`, of the list's head. It shows on hover and focus, while
 * anything is selected, and always on devices that can't hover. It's not a Tab stop, so the list remains a single
 * one: `x` selects the focused plane.
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
  /** Some planes are selected and some aren't. */
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
        // React needs a handler beside `checked`; only the click event has the state of the Shift key.
        onChange={() => {}}
        onClick={(event) => onSelect(event.shiftKey)}
        className="size-4 accent-accent"
      />
    </label>
  );
}
