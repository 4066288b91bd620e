'use client';

import { CircleX, TriangleAlert } from 'lucide-react';
import { useCallback } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { type CertificateSummary, certificateSummary } from '@/lib/plane/fleet/certificate-summary';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';

const TONES: Record<CertificateSummary['tone'], string> = {
  trouble: 'font-medium text-disconnected',
  warning: 'font-medium text-degraded',
  plain: '',
  quiet: 'text-muted',
};

/** When the CA of a plane's agent ends, with a mark beside the colour. */
export function CertificateCell({ row: { plane, health } }: { readonly row: FleetRow }) {
  const words = useTick(
    useCallback((nowMs: number) => certificateSummary(plane, health, nowMs).words, [plane, health]),
  );
  const tone = useTick(
    useCallback((nowMs: number) => certificateSummary(plane, health, nowMs).tone, [plane, health]),
  );
  const Icon = tone === 'trouble' ? CircleX : tone === 'warning' ? TriangleAlert : null;
  return (
    <span
      className={`tabular inline-flex items-center align-middle gap-1 whitespace-nowrap ${TONES[tone]}`}
      data-tip={tipOf(plane)}
    >
      <span className="sr-only lg:hidden">CA </span>
      {Icon ? <Icon size={13} aria-hidden="true" className="shrink-0" /> : null}
      {words}
    </span>
  );
}

function tipOf({ facts: { certificate } }: FleetRow['plane']): string | undefined {
  if (certificate.state !== 'parsed') return undefined;
  const endsMs = parseTimeMs(certificate.notAfter);
  const firstMs = parseTimeMs(certificate.earlier?.[0]?.notAfter);
  const kind = certificate.selfSignedLeaf ? ", the agent's own self-signed certificate" : '';
  const until = endsMs === null ? '' : `, until ${formatUtc(endsMs)}`;
  const bundle =
    firstMs === null
      ? ''
      : `. The first of its ${certificate.count} certificates ends at ${formatUtc(firstMs)}`;
  return `${certificate.subject}${kind}${until}${bundle}`;
}
