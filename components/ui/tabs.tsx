'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, useId } from 'react';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly panel: ReactNode;
}

/**
 * Tabs by the ARIA pattern: a single Tab stop, arrow keys move between tabs and open them. Not a library's, because
 * the usual primitive writes style attributes into the server's HTML, which the content security policy blocks.
 */
export function Tabs<T extends string>({
  label,
  tabs,
  open,
  onOpen,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<T>[];
  readonly open: T;
  readonly onOpen: (id: T) => void;
}) {
  const baseId = useId();
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.id === open);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    onOpen(next.id);
    document.getElementById(`${baseId}-${next.id}`)?.focus();
  };
  return (
    <>
      <div
        role="tablist"
        aria-label={label}
        onKeyDown={move}
        className="flex gap-4 border-line border-b px-4 sm:px-6"
      >
        {tabs.map(({ id, label: text }) => (
          <button
            key={id}
            id={`${baseId}-${id}`}
            type="button"
            role="tab"
            aria-selected={id === open}
            aria-controls={`${baseId}-panel`}
            tabIndex={id === open ? 0 : -1}
            onClick={() => onOpen(id)}
            className={clsx(
              '-mb-px h-9 border-b-2 font-medium',
              id === open ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {text}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${baseId}-panel`}
        aria-labelledby={`${baseId}-${open}`}
        className="px-4 py-4 sm:px-6"
      >
        {tabs.find((tab) => tab.id === open)?.panel}
      </div>
    </>
  );
}
