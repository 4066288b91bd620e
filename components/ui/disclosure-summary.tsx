import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** The summary that opens and closes a `<details className="group">`, with the same arrow everywhere. */
export function DisclosureSummary({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <summary
      className={clsx(
        'flex min-h-10 list-none items-center gap-2 px-4 py-2 [&::-webkit-details-marker]:hidden',
        className,
      )}
    >
      <ChevronRight
        size={14}
        aria-hidden="true"
        className="shrink-0 text-muted transition-transform group-open:rotate-90"
      />
      {children}
    </summary>
  );
}
