import Link from 'next/link';
import type { ReactNode } from 'react';
import { ProductMark } from './product-mark';

/** A page with just a message and a way back. The page that uses it provides the landmark. */
export function Message({
  status,
  title,
  children,
  action,
}: {
  readonly status: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex min-h-[70vh] w-full max-w-md flex-1 flex-col justify-center px-6 py-16">
      <ProductMark />
      <p className="tabular mt-5 text-muted text-xs">{status}</p>
      <h1 className="mt-0.5 text-balance font-semibold text-xl tracking-tight">{title}</h1>
      <p className="mt-2 text-pretty text-muted">{children}</p>
      <p className="mt-6 flex items-center gap-3">
        {action}
        <Link href="/" className="font-medium text-accent underline-offset-2 hover:underline">
          All planes
        </Link>
      </p>
    </div>
  );
}
