'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { Button, type ButtonProps } from './button';
import { usePopover } from './use-popover';

const FIRST_FOCUS = ['input, button'];

/** A panel under a button, for what is more than a menu. `button` is what the button looks like. */
export function Popover({
  button,
  label,
  children,
  className,
}: {
  readonly button: ButtonProps;
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const id = useId();
  const popover = usePopover({ align: 'start', focus: FIRST_FOCUS });
  return (
    <>
      <Button
        {...button}
        ref={popover.button}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={popover.open}
      />
      <div
        ref={popover.panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        {...popover.events}
        className={clsx(
          'fixed inset-auto m-0 max-w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-raised open:flex',
          className,
        )}
      >
        {popover.open ? children : null}
      </div>
    </>
  );
}
