import { certificatesIn, validSpans } from '@/lib/plane/health/ca-bundle';
import type { CertificateFact } from '@/lib/plane/health/health-facts';

/** A certificate's validity as a bar: where it is now, and the parts in which one of its certificates is valid. */
export interface ValidityBar {
  /** The bar's begin and end, milliseconds since the epoch. */
  readonly beginMs: number;
  readonly endMs: number;
  /** The present, as a share of the bar between 0 and 1. */
  readonly nowShare: number;
  /** The valid times, as shares of the bar. */
  readonly spans: readonly { readonly beginShare: number; readonly endShare: number }[];
}

/**
 * Returns the bar of what was read, from the first begin to the last end; null if nothing was read or a date is missing.
 * The present is at an edge if it's outside.
 */
export function validityBar(fact: CertificateFact, nowMs: number): ValidityBar | null {
  if (fact.state !== 'parsed') return null;
  const spans = validSpans(certificatesIn(fact));
  const beginMs = spans[0]?.beginMs ?? Number.NaN;
  const endMs = spans.at(-1)?.endMs ?? Number.NaN;
  if (!Number.isFinite(beginMs) || !Number.isFinite(endMs) || endMs <= beginMs) return null;
  const shareOf = (atMs: number) => (atMs - beginMs) / (endMs - beginMs);
  return {
    beginMs,
    endMs,
    nowShare: Math.min(1, Math.max(0, shareOf(nowMs))),
    spans: spans.map((span) => ({ beginShare: shareOf(span.beginMs), endShare: shareOf(span.endMs) })),
  };
}
