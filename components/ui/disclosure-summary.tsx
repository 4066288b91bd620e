import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/**
 * The summary that opens and closes a `<details className="group">`, with the same arrow everywhere. A `compact` one
 * is as wide as its text, for details within a paragraph's column.
 */
export function DisclosureSummary({
  children,
  compact = false,
  className,
}: {
  readonly children: ReactNode;
  readonly compact?: boolean;
  readonly className?: string;
}) {
  return (
    <summary
      className={clsx(
        'list-none items-center [&::-webkit-details-marker]:hidden',
        compact ? 'inline-flex min-h-6 cursor-pointer gap-1 font-medium' : 'flex min-h-10 gap-2 px-4 py-2',
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
