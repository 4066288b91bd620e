import { certificatesIn, validSpans } from '@/lib/plane/health/ca-bundle';
import { leafRenewal } from '@/lib/plane/health/leaf-renewal';
import type { CertificateEntry, CertifiedPlane } from './certificate-entry';
import { UPCOMING_MS } from './next-step';

/**
 * What will happen to a certificate: `renewal`, the chart renews the agent's certificate, and the agent presents the new
 * one from its next restart on; `end`, the last of its certificates ends; `begin`, one becomes valid that isn't yet, so
 * that the agent may be restarted with it.
 */
export type UpcomingEvent = 'renewal' | 'end' | 'begin';

export interface Upcoming<P extends CertifiedPlane> {
  readonly event: UpcomingEvent;
  /** Milliseconds since the epoch. A renewal's time is the chart's default. */
  readonly atMs: number;
  readonly entry: CertificateEntry<P>;
}

/**
 * Returns what happens to certificates in the next 90 days, the next first. A certificate that several planes share is
 * named once.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function upcomingEvents<P extends CertifiedPlane>(
  entries: readonly CertificateEntry<P>[],
  nowMs: number,
): Upcoming<P>[] {
  const seen = new Set<string>();
  const isSoon = (atMs: number) => atMs > nowMs && atMs - nowMs <= UPCOMING_MS;
  return entries
    .flatMap((entry) => eventsOf(entry, nowMs))
    .filter(({ atMs }) => isSoon(atMs))
    .toSorted((a, b) => a.atMs - b.atMs)
    .filter(({ event, entry, atMs }) => {
      const fingerprints = entry.place?.fingerprints.join() || entry.plane.uid;
      const mark = `${event} ${atMs} ${fingerprints}`;
      const isNew = !seen.has(mark);
      seen.add(mark);
      return isNew;
    });
}

function eventsOf<P extends CertifiedPlane>(entry: CertificateEntry<P>, nowMs: number): Upcoming<P>[] {
  const { fact, plane } = entry;
  if (fact.state !== 'parsed') return [];
  const events: Upcoming<P>[] = [];
  const renewal = entry.slot === null ? leafRenewal({ ...plane, facts: { certificate: fact } }, nowMs) : null;
  if (renewal) events.push({ event: 'renewal', atMs: renewal.atMs, entry });
  for (const { beginMs, endMs } of validSpans(certificatesIn(fact))) {
    if (Number.isFinite(beginMs)) events.push({ event: 'begin', atMs: beginMs, entry });
    if (Number.isFinite(endMs)) events.push({ event: 'end', atMs: endMs, entry });
  }
  return events;
}
