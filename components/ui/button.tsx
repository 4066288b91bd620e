import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';

export type Variant = 'plain' | 'outline' | 'primary';

const VARIANTS: Record<Variant, string> = {
  plain: 'text-muted hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink',
  outline:
    'border border-line bg-surface text-ink hover:border-line-strong hover:bg-hover aria-expanded:bg-hover',
  primary: 'bg-accent text-surface hover:opacity-90',
};

export type ButtonProps = ComponentProps<'button'> & { readonly variant?: Variant; readonly icon?: boolean };

/** The classes of a button, for links that look like one. */
export function buttonClass(variant: Variant, icon = false): string {
  return clsx(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium disabled:opacity-50',
    icon ? 'w-8' : 'px-2.5',
    VARIANTS[variant],
  );
}

/** The standard button. `icon` makes it square; it then needs an `aria-label`. */
export function Button({ variant = 'plain', icon = false, className, ...rest }: ButtonProps) {
  return <button type="button" className={clsx(buttonClass(variant, icon), className)} {...rest} />;
}

/** A link that looks like a button. Its page is loaded on click, not prefetched. */
export function ButtonLink({
  href,
  variant = 'primary',
  className,
  title,
  children,
}: {
  readonly href: `/${string}`;
  readonly variant?: Variant;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href as '/'} prefetch={false} title={title} className={clsx(buttonClass(variant), className)}>
      {children}
    </Link>
  );
}
