'use client';

import { useCallback } from 'react';
import { useTick } from '@/lib/client/feed/tick';
import { formatAge, formatTickingAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';

/**
 * The age of a time on the API server's clock, with the absolute time in UTC on hover. A time ahead of that clock is
 * shown as such, never as "0 s".
 */
export function Age({
  at,
  suffix = '',
  coarse = false,
}: {
  readonly at: string | undefined;
  readonly suffix?: string;
  /** Leaves out the seconds of the first ten minutes, where they aren't needed. */
  readonly coarse?: boolean;
}) {
  const atMs = parseTimeMs(at);
  const text = useTick(
    useCallback((nowMs) => (atMs === null ? null : ageText(nowMs - atMs, coarse)), [atMs, coarse]),
  );
  if (atMs === null || text === null) return <span className="text-muted">–</span>;
  return (
    <time dateTime={at} data-tip={formatUtc(atMs)} className="tabular whitespace-nowrap">
      {text}
      {text.startsWith('in ') ? '' : suffix}
    </time>
  );
}

/** Clocks within a cluster differ slightly; only a larger difference is shown. */
const SKEW_SHOWN_MS = 5000;

function ageText(ageMs: number, coarse: boolean): string {
  const format = coarse ? formatAge : formatTickingAge;
  return ageMs < -SKEW_SHOWN_MS ? `in ${format(-ageMs)}` : format(ageMs);
}

/** An absolute time in UTC. */
export function Utc({ at }: { readonly at: string | undefined }) {
  const atMs = parseTimeMs(at);
  if (atMs === null) return <span className="text-muted">–</span>;
  return (
    <time dateTime={at} className="tabular whitespace-nowrap">
      {formatUtc(atMs)}
    </time>
  );
}
