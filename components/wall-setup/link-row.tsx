'use client';

import { Button } from '@/components/ui/button';
import { Age } from '@/components/ui/time';
import type { WallTokens } from '@/lib/api/wall';
import { limitsSummary } from '@/lib/plane/wall/limits-summary';

/** One link: what it is called, what it lets a screen see, and who made it when. */
export function LinkRow({
  token: { title, limits, createdAt, createdBy },
  onRevoke,
}: {
  readonly token: WallTokens['tokens'][number];
  /** Null: the caller may not, or nobody may. */
  readonly onRevoke: (() => void) | null;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words font-medium">{title}</p>
        <p className="break-words text-muted">{limitsSummary(limits)}</p>
        <p className="break-words text-muted text-xs">
          Made <Age at={createdAt} suffix=" ago" coarse />
          {createdBy === null ? '' : ` by ${createdBy}`}
        </p>
      </div>
      {onRevoke === null ? null : (
        <Button variant="outline" onClick={onRevoke} aria-label={`Revoke the link ${title}`}>
          Revoke
        </Button>
      )}
    </li>
  );
}
