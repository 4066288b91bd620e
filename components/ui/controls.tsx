import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

/** The classes of every text control. The larger text on phones keeps iOS from zooming in. */
const CONTROL =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface text-ink placeholder:text-muted/80 hover:border-muted disabled:opacity-60 aria-invalid:border-disconnected max-sm:text-base';

/** Identifiers, hosts and certificates aren't prose: the browser must not correct, capitalise or remember them. */
const LITERAL = {
  autoComplete: 'off',
  autoCorrect: 'off',
  autoCapitalize: 'off',
  spellCheck: false,
} as const;

/**
 * A one-line text field; `mono` is for text whose every character matters. Spellcheck and autocomplete are off by
 * default.
 */
export function TextInput({
  mono = false,
  className,
  ...rest
}: ComponentProps<'input'> & { readonly mono?: boolean }) {
  return (
    <input
      type="text"
      {...LITERAL}
      className={clsx(
        CONTROL,
        'h-9 px-2.5 read-only:bg-neutral-soft',
        mono && 'font-mono sm:text-xs',
        className,
      )}
      {...rest}
    />
  );
}

/** A multi-line text field like `TextInput`. */
export function TextArea({
  mono = false,
  className,
  ...rest
}: ComponentProps<'textarea'> & { readonly mono?: boolean }) {
  return (
    <textarea
      rows={4}
      {...LITERAL}
      className={clsx(
        CONTROL,
        'block resize-y px-2.5 py-2 read-only:bg-neutral-soft',
        mono && 'font-mono sm:text-xs',
        className,
      )}
      {...rest}
    />
  );
}

/** The platform's own select; its children are `<option>` elements. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={clsx('relative block min-w-0', className)}>
      <select className={clsx(CONTROL, 'h-9 appearance-none truncate pr-8 pl-2.5')} {...rest}>
        {children}
      </select>
      <ChevronDown
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-muted"
      />
    </span>
  );
}

/** A checkbox with its label. Inside a `Field`, spread the control's props on it. */
export function Checkbox({
  children,
  ...rest
}: Omit<ComponentProps<'input'>, 'type' | 'className'> & { readonly children: ReactNode }) {
  return (
    <label className="inline-flex min-h-8 items-center gap-2.5">
      <input type="checkbox" className="size-4 shrink-0 accent-accent" {...rest} />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
