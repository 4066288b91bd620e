import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

/** A titled section of a page. */
export function Card({
  title,
  actions,
  children,
  flush = false,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Removes the padding, for tables that reach the edges. */
  readonly flush?: boolean;
}) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface"
    >
      <div className="flex min-h-10 items-center justify-between gap-2 border-line border-b px-4">
        <h2 id={titleId} className="font-semibold">
          {title}
        </h2>
        {actions}
      </div>
      <div className={clsx(!flush && 'px-4 py-3')}>{children}</div>
    </section>
  );
}
