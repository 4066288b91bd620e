'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';

/**
 * A modal dialog on the platform's own `<dialog>`. It traps the focus, closes on Escape and needs no injected styles,
 * which the content security policy would block.
 */
export function Dialog({
  open,
  onClose,
  onClosed,
  title,
  firstFocus,
  wide = false,
  children,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Called once the dialog is closed and the focus is back on the element that opened it. */
  readonly onClosed?: () => void;
  readonly title: string;
  /**
   * A selector for the element that gets the focus on opening; by default the first control, which closes the dialog.
   */
  readonly firstFocus?: string;
  /** For tables. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    if (!open) return ref.current?.close();
    ref.current?.showModal();
    if (firstFocus !== undefined) ref.current?.querySelector<HTMLElement>(firstFocus)?.focus();
  }, [open, firstFocus]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      // State closes the dialog, not the browser: the `close` event comes late and would close a dialog that was
      // reopened in the meantime. A file input's `cancel` event bubbles up to here.
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        if (event.target !== event.currentTarget || event.currentTarget.open) return;
        // The browser closed it without asking, as it may when Escape is pressed twice.
        if (open) onClose();
        onClosed?.();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      className={clsx(
        'm-auto rounded-xl border border-line bg-raised text-ink shadow-raised',
        wide ? 'w-[min(44rem,calc(100vw-2rem))]' : 'w-[min(32rem,calc(100vw-2rem))]',
      )}
    >
      <div className="p-5">
        <div className="mb-3 flex items-center justify-between">
          <h2 id={titleId} className="font-semibold text-base">
            {title}
          </h2>
          <Button icon aria-label="Close" className="-mr-1.5" onClick={onClose}>
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
        {open ? children : null}
      </div>
    </dialog>
  );
}
