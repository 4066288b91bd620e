import type { ReactNode } from 'react';

/** An area with nothing to show: says why, and what to do. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center px-6 py-16 text-center sm:py-24">
      <span className="mb-4 flex size-11 items-center justify-center rounded-xl border border-line bg-surface text-muted">
        {icon}
      </span>
      <h2 className="text-balance font-semibold text-base">{title}</h2>
      {children ? <div className="mt-1.5 text-pretty text-muted">{children}</div> : null}
      {actions ? <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
