'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useCallback } from 'react';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { Notice } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import { useTick } from '@/lib/client/feed/tick';
import { slotIdLabel } from '@/lib/plane/credentials/credential-slot';
import { mayBeInProgress, unfinishedReplacements } from '@/lib/plane/credentials/replacement-record';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { replacePath } from '@/lib/plane/model/plane-task';

/** Says on a plane's page that replacements of its credentials were interrupted, and links to the ways out. */
export function InterruptedNotice({
  plane,
  annotations,
}: {
  readonly plane: PlaneIdentity;
  /** Null until they are read. */
  readonly annotations: Readonly<Record<string, string>> | null;
}) {
  const { readOnly } = usePlanePage();
  const records = unfinishedReplacements(annotations ?? {});
  return (
    <div role="status">
      {Object.entries(records).map(([slot, { by, at }]) => (
        <InterruptedStrip key={slot} at={at}>
          {by ?? 'Someone'} began to replace the {slotIdLabel(slot)} <Age at={at} suffix=" ago" />, and the
          writes didn't complete.{' '}
          {readOnly ? null : (
            <Link
              href={replacePath(plane, slot) as '/'}
              prefetch={false}
              className="text-accent underline underline-offset-2"
            >
              Finish or undo it
            </Link>
          )}
        </InterruptedStrip>
      ))}
    </div>
  );
}

function InterruptedStrip({ at, children }: { readonly at: string; readonly children: React.ReactNode }) {
  const isWriting = useTick(useCallback((nowMs) => mayBeInProgress({ at }, nowMs), [at]));
  if (isWriting) return null;
  return (
    <Notice
      tone="warning"
      icon={<TriangleAlert size={15} aria-hidden="true" className="text-degraded" />}
      title="A replacement was interrupted."
      className="border-x-0 border-t-0"
    >
      {children}
    </Notice>
  );
}
