import type { ReactNode } from 'react';
import { ProductMark } from './product-mark';

/** The page around a sign-in: the product, the installation and one card. */
export function SignInFrame({
  title,
  installation,
  children,
}: {
  readonly title: string;
  readonly installation: string;
  readonly children: ReactNode;
}) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex flex-col items-center gap-2 text-center">
          <ProductMark />
          <h1 className="font-semibold text-lg tracking-tight">{title}</h1>
          <p className="max-w-full text-pretty text-muted [overflow-wrap:anywhere]">{installation}</p>
        </div>
        <div className="rounded-xl border border-line bg-surface p-5 shadow-raised">{children}</div>
      </div>
    </main>
  );
}
