import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { CertificateFact } from './health-facts';

/**
 * OpenChoreo's charts have cert-manager renew an agent's certificate 360 hours before its end (`renewBefore`). With a
 * registered self-signed certificate, that's when the registration becomes outdated.
 */
const RENEWED_BEFORE_END_MS = 15 * DAY_MS;

/** When the chart renews a registered self-signed certificate. */
export interface LeafRenewal {
  /** Around this time, milliseconds since the epoch: the chart's default, which an installation may change. */
  readonly atMs: number;
  /** `due`: the renewal should have happened, and the agent presents the new certificate from its next start on. */
  readonly state: 'upcoming' | 'due';
}

/**
 * Returns the renewal of the registered self-signed certificate that ends last, or null if none is registered, its
 * dates can't be read, it ended, or the plane's charts aren't known.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function leafRenewal(
  {
    chartsUnknown,
    facts: { certificate },
  }: Pick<Plane, 'chartsUnknown'> & { readonly facts: { readonly certificate: CertificateFact } },
  nowMs: number,
): LeafRenewal | null {
  if (chartsUnknown) return null;
  const endMs = parseTimeMs(leafEnd(certificate) ?? undefined);
  if (endMs === null || endMs <= nowMs) return null;
  const atMs = endMs - RENEWED_BEFORE_END_MS;
  return { atMs, state: atMs > nowMs ? 'upcoming' : 'due' };
}

/** Returns when the last registered self-signed certificate ends, RFC 3339, or null if none is registered. */
export function leafEnd(certificate: CertificateFact): string | null {
  if (certificate.state !== 'parsed') return null;
  const ends = [certificate, ...(certificate.earlier ?? [])]
    .filter(({ selfSignedLeaf }) => selfSignedLeaf)
    .map(({ notAfter }) => notAfter);
  return ends.toSorted().at(-1) ?? null;
}
