'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type ReactNode,
  useContext,
  useId,
} from 'react';
import { Button, type ButtonProps } from './button';
import { usePopover } from './popover';

const ITEM = '[role^="menuitem"]:not(:disabled)';
/** The focus starts at the chosen item, so arrows move from there; otherwise at the first item. */
const FIRST_FOCUS = ['[aria-checked="true"]', ITEM];
const CloseContext = createContext<() => void>(() => {});

/** Arrows, Home and End move between items; Tab closes the menu. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  if (event.key === 'Tab') close();
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEM)];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

/** A menu below a button. `button` sets the button's props. */
export function Menu({
  button,
  label,
  children,
}: {
  readonly button: ButtonProps;
  readonly label: string;
  readonly children: ReactNode;
}) {
  const { open, close, buttonProps, panelProps } = usePopover({ align: 'end', focus: FIRST_FOCUS });
  return (
    <>
      <Button {...button} {...buttonProps} aria-haspopup="menu" />
      <div
        {...panelProps}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={(event) => moveFocus(event, close)}
        className="fixed inset-auto m-0 min-w-48 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-ink shadow-raised"
      >
        <CloseContext value={close}>{open ? children : null}</CloseContext>
      </div>
    </>
  );
}

type ItemProps = Omit<ComponentProps<'button'>, 'onSelect' | 'type'> & { readonly onSelect: () => void };

function Item({ className, onSelect, ...rest }: ItemProps) {
  return (
    <button
      role="menuitem"
      tabIndex={-1}
      {...rest}
      type="button"
      onClick={onSelect}
      onPointerEnter={(event) => event.currentTarget.focus({ preventScroll: true })}
      className={clsx(
        'flex h-8 w-full cursor-default items-center gap-2 rounded-md px-2 text-left focus:bg-hover focus-visible:outline-none',
        className,
      )}
    />
  );
}

/**
 * An item that runs an action and closes the menu. `refused` disables it and gives the reason; it stays focusable so
 * that everyone can read the reason.
 */
export function MenuItem({ onSelect, refused, ...rest }: ItemProps & { readonly refused?: string }) {
  const close = useContext(CloseContext);
  if (refused !== undefined) return <RefusedItem {...rest} refused={refused} />;
  return (
    <Item
      {...rest}
      onSelect={() => {
        close();
        onSelect();
      }}
    />
  );
}

function RefusedItem({
  refused,
  children,
  ...rest
}: Omit<ItemProps, 'onSelect'> & { readonly refused: string }) {
  const reasonId = useId();
  return (
    <Item
      {...rest}
      aria-disabled
      aria-describedby={reasonId}
      className="h-auto flex-col items-start! gap-0! py-1.5"
      onSelect={() => {}}
    >
      <span className="text-muted">{children}</span>
      <span id={reasonId} className="text-pretty text-muted text-xs">
        {refused}
      </span>
    </Item>
  );
}

/** An item of a radio group. The menu stays open, so the choice can be seen and changed. */
export function MenuRadioItem({ checked, children, ...rest }: ItemProps & { readonly checked: boolean }) {
  return (
    <Item {...rest} role="menuitemradio" aria-checked={checked}>
      <Mark shown={checked} />
      {children}
    </Item>
  );
}

/** An item that is on or off. The menu stays open. */
export function MenuCheckItem({ checked, children, ...rest }: ItemProps & { readonly checked: boolean }) {
  return (
    <Item {...rest} role="menuitemcheckbox" aria-checked={checked}>
      <Mark shown={checked} />
      {children}
    </Item>
  );
}

function Mark({ shown }: { readonly shown: boolean }) {
  return <Check size={13} aria-hidden="true" className={clsx('shrink-0', !shown && 'invisible')} />;
}

/** A line between items that belong together and those that don't. */
export function MenuSeparator() {
  return <hr className="my-1 border-line" />;
}

/** A named group of items. */
export function MenuGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const titleId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a menu can contain a group but no fieldset.
    <div
      role="group"
      aria-labelledby={titleId}
      className="not-first:mt-1 not-first:border-line not-first:border-t not-first:pt-1"
    >
      <div id={titleId} className="px-2 pt-1.5 pb-1 text-muted text-xs">
        {title}
      </div>
      {children}
    </div>
  );
}
