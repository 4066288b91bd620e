import { clsx } from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass, type Variant } from './button';

/** A link that looks like a button. The page behind it is fetched when it is asked for, not before. */
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
