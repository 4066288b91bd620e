'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import type { StepGroup } from '@/lib/plane/certificate-list/next-step';
import { CertificateRow } from './certificate-row';
import type { Entry } from './use-certificate-entries';

export const GROUP_TITLES: Record<StepGroup, string> = {
  fix: 'Fix now',
  replace: 'Replace soon',
  upcoming: 'In the next 90 days',
  none: 'Nothing to do',
  unchecked: 'Not checked',
};

/** Rows are rendered a page at a time, so a fleet of 10,000 opens as quickly as one of 20. */
const PAGE_ROWS = 50;
/** Of what needs nobody, the first rows are enough. */
const FIRST_ROWS: Record<StepGroup, number> = {
  fix: PAGE_ROWS,
  replace: PAGE_ROWS,
  upcoming: 20,
  none: 20,
  unchecked: 20,
};

/** The certificates with the same next step. */
export function CertificateGroup({
  group,
  entries,
  rows,
  nowMs,
  children,
}: {
  readonly group: StepGroup;
  readonly entries: readonly Entry[];
  readonly rows: ReadonlyMap<string, FleetRow>;
  readonly nowMs: number;
  /** Shown above the rows. */
  readonly children?: ReactNode;
}) {
  const titleId = useId();
  const [limit, setLimit] = useState(FIRST_ROWS[group]);
  const rest = entries.length - limit;
  return (
    <section
      aria-labelledby={titleId}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface"
    >
      <h2 id={titleId} className="flex min-h-10 items-center gap-2 border-line border-b px-4 font-semibold">
        {GROUP_TITLES[group]} <span className="tabular font-normal text-muted">{entries.length}</span>
      </h2>
      {children}
      <ul className="divide-y divide-line">
        {entries.slice(0, limit).map((entry) => (
          <CertificateRow
            key={`${entry.plane.uid} ${entry.slot}`}
            entry={entry}
            row={rows.get(entry.plane.uid)}
            nowMs={nowMs}
          />
        ))}
      </ul>
      {rest > 0 ? (
        <div className="border-line border-t px-4 py-2">
          <Button variant="outline" onClick={() => setLimit(limit + PAGE_ROWS)}>
            Show {Math.min(rest, PAGE_ROWS)} more of {entries.length}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
