'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { attentionReason } from './attention-reason';

/**
 * What who goes through the links hears with each: the state and the whole reason. Taken when the focus arrives and when
 * there is another reason: a description that ticks with the ages in it would be read out again and again.
 */
function useDescription(row: FleetRow, focused: boolean): string | undefined {
  const { state, reasons } = row.health;
  const { attention } = row;
  const reasonCode = reasons[0]?.code;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row itself also changes with every heartbeat.
  return useMemo(() => {
    if (!focused) return undefined;
    return [ATTENTION_LABELS[attention], attentionReason(row, tickNowMs())].filter(Boolean).join('. ');
  }, [focused, row.plane.uid, attention, state, reasonCode]);
}

/** What a plane is called, as the link that stretches over its row. */
export function NameCell({
  row,
  index,
  focusable,
}: {
  readonly row: FleetRow;
  readonly index: number;
  readonly focusable: boolean;
}) {
  const { plane } = row;
  const [focused, setFocused] = useState(false);
  const description = useDescription(row, focused);
  return (
    <>
      <Link
        href={planePath(plane)}
        prefetch={false}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        aria-description={description}
        data-index={index}
        tabIndex={focusable ? 0 : -1}
        className="block truncate rounded-sm font-medium outline-offset-2 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
      >
        {planeTitle(plane)}
      </Link>
      {plane.displayName === undefined ? null : (
        <div className="truncate text-muted text-xs max-lg:hidden" data-tip={plane.name}>
          {plane.name}
        </div>
      )}
      <div className="truncate text-muted text-xs lg:hidden">
        {[
          plane.displayName === undefined ? null : plane.name,
          kindOfName(plane.kind)?.words ?? plane.kind,
          plane.namespace,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </>
  );
}
