'use client';

import { CertificateCard } from '@/components/fields/certificate-card';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';

/** More than these are counted, not shown. */
const MAX_SHOWN = 5;

/** The certificates that stand there, or why they are not known. */
export function CurrentCertificates({
  title,
  certificates,
  unknown,
}: {
  readonly title: string;
  readonly certificates: readonly CertificateDetail[];
  /** Said where there is none to show. */
  readonly unknown: string;
}) {
  const hidden = certificates.length - MAX_SHOWN;
  return (
    <div className="grid min-w-0 content-start gap-2">
      <h3 className="font-medium">{title}</h3>
      {certificates.length === 0 ? <p className="text-pretty text-muted">{unknown}</p> : null}
      {certificates.slice(0, MAX_SHOWN).map((certificate, index) => (
        <CertificateCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a bundle may hold a certificate twice; its place tells them apart.
          key={`${certificate.fingerprint}-${index}`}
          certificate={certificate}
          place={certificates.length > 1 ? `${index + 1} of ${certificates.length}` : null}
        />
      ))}
      {hidden > 0 ? <p className="text-muted text-xs">and {hidden} more</p> : null}
    </div>
  );
}
