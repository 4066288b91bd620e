'use client';

import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { Kbd } from '@/components/ui/kbd';

/** Searches while you type. Escape clears the field, then leaves it; Enter or arrow down moves to the rows. */
export function SearchField({
  value,
  inputRef,
  onChange,
  onFocus,
  onLeave,
}: {
  readonly value: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onChange: (value: string) => void;
  readonly onFocus: () => void;
  readonly onLeave: () => void;
}) {
  return (
    <div className="relative flex min-w-0 flex-1 items-center sm:max-w-80">
      <Search size={14} aria-hidden="true" className="pointer-events-none absolute left-2.5 text-muted" />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search planes"
        aria-keyshortcuts="/"
        placeholder="Name, namespace, plane ID, label…"
        value={value}
        autoComplete="off"
        spellCheck={false}
        onFocus={onFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            onLeave();
          } else if (event.key === 'Escape') {
            event.preventDefault();
            if (value === '') event.currentTarget.blur();
            else onChange('');
          }
        }}
        className="h-8 w-full rounded-md border border-line bg-surface pr-9 pl-8 text-ink placeholder:text-muted hover:border-line-strong max-sm:text-base [&::-webkit-search-cancel-button]:hidden"
      />
      {value === '' ? (
        <span className="pointer-events-none absolute right-2 max-sm:hidden">
          <Kbd>/</Kbd>
        </span>
      ) : (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => onChange('')}
          className="absolute right-1.5 flex size-6 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
