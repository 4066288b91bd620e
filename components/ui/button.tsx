import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

type Variant = 'plain' | 'outline' | 'primary';

const VARIANTS: Record<Variant, string> = {
  plain: 'text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover data-[state=open]:text-ink',
  outline:
    'border border-line bg-surface text-ink hover:border-line-strong hover:bg-hover data-[state=open]:bg-hover',
  primary: 'bg-accent text-surface hover:opacity-90',
};

/** A button of the house; `icon` makes it square, and then it needs an `aria-label`. */
export function Button({
  variant = 'plain',
  icon = false,
  className,
  ...rest
}: ComponentProps<'button'> & { readonly variant?: Variant; readonly icon?: boolean }) {
  return (
    <button
      type="button"
      className={clsx(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium disabled:opacity-50',
        icon ? 'w-8' : 'px-2.5',
        VARIANTS[variant],
        className,
      )}
      {...rest}
    />
  );
}
