'use client';

import { clsx } from 'clsx';
import {
  type ComponentProps,
  type ReactNode,
  type ToggleEvent,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { Button, type ButtonProps } from './button';

const GAP_PX = 4;
const EDGE_PX = 8;

/** Places the panel below its button, or above it where more fits; `align` says which edges align. */
function place(panel: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const at = button.getBoundingClientRect();
  const preferredLeft = align === 'start' ? at.left : at.right - panel.offsetWidth;
  const left = Math.max(EDGE_PX, Math.min(preferredLeft, window.innerWidth - panel.offsetWidth - EDGE_PX));
  const roomBelow = window.innerHeight - at.bottom - GAP_PX - EDGE_PX;
  const roomAbove = at.top - GAP_PX - EDGE_PX;
  panel.style.maxHeight = '';
  const height = panel.offsetHeight;
  const isAbove = height > roomBelow && roomAbove > roomBelow;
  panel.style.left = `${left}px`;
  panel.style.top = `${isAbove ? at.top - GAP_PX - Math.min(height, roomAbove) : at.bottom + GAP_PX}px`;
  panel.style.maxHeight = `${isAbove ? roomAbove : roomBelow}px`;
}

function firstFound(panel: HTMLElement, selectors: readonly string[]): HTMLElement | undefined {
  return selectors.flatMap((selector) => panel.querySelector<HTMLElement>(selector) ?? [])[0];
}

interface PopoverParts {
  readonly open: boolean;
  readonly close: () => void;
  /** Spread on the button. */
  readonly buttonProps: Pick<ComponentProps<'button'>, 'ref' | 'popoverTarget' | 'aria-expanded'>;
  /** Spread on the panel. */
  readonly panelProps: Pick<ComponentProps<'div'>, 'ref' | 'id' | 'popover' | 'onBeforeToggle' | 'onToggle'>;
}

/**
 * A panel on the platform's own popover: it's above everything, closes on Escape and on a click elsewhere, and
 * returns the focus. A library for this would be a fifth of the page's script. The panel's content exists only while
 * it's open. On opening, the focus goes to the first element that matches a selector in `focus`, tried in order.
 */
export function usePopover({
  align,
  focus,
}: {
  readonly align: 'start' | 'end';
  readonly focus: readonly string[];
}): PopoverParts {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = useCallback(() => panel.current?.hidePopover(), []);

  const onBeforeToggle = useCallback(
    (event: ToggleEvent<HTMLDivElement>) => {
      if (event.newState !== 'open') return;
      // Rendered at once, so the content can be measured when the panel shows.
      flushSync(() => setOpen(true));
      requestAnimationFrame(() => {
        if (!panel.current || !button.current) return;
        place(panel.current, button.current, align);
        firstFound(panel.current, focus)?.focus();
      });
    },
    [align, focus],
  );

  // The content is removed only after closing: the browser needs it to return the focus.
  const onToggle = useCallback((event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState === 'closed') setOpen(false);
  }, []);

  useEffect(() => {
    if (!open) return;
    window.addEventListener('resize', close);
    return () => window.removeEventListener('resize', close);
  }, [open, close]);

  return {
    open,
    close,
    buttonProps: { ref: button, popoverTarget: id, 'aria-expanded': open },
    panelProps: { ref: panel, id, popover: 'auto', onBeforeToggle, onToggle },
  };
}

const FIRST_FOCUS = ['input, button'];

/** A panel below a button, for more than a menu. `button` sets the button's props. */
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
  const { open, buttonProps, panelProps } = usePopover({ align: 'start', focus: FIRST_FOCUS });
  return (
    <>
      <Button {...button} {...buttonProps} aria-haspopup="dialog" />
      <div
        {...panelProps}
        role="dialog"
        aria-label={label}
        className={clsx(
          'fixed inset-auto m-0 max-w-[calc(100vw-1rem)] flex-col overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-raised open:flex',
          className,
        )}
      >
        {open ? children : null}
      </div>
    </>
  );
}
