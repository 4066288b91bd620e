'use client';

import { clsx } from 'clsx';
import { BadgeCheck, CircleX, Clock, Hourglass } from 'lucide-react';
import { Fragment, useCallback } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Utc } from '@/components/ui/time';
import { useTick } from '@/lib/client/feed/tick';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import { type CertificateValidity, certificateValidity } from '@/lib/plane/credentials/certificate-validity';

/** Certificates beyond this number are only counted: a bundle of all public CAs has well over a hundred. */
const MAX_SHOWN = 5;

/** The certificates of a bundle. @param restText follows the number of certificates that aren't shown */
export function CertificateList({
  certificates,
  restText = 'more in this bundle',
}: {
  readonly certificates: readonly CertificateDetail[];
  readonly restText?: string;
}) {
  const hidden = certificates.length - MAX_SHOWN;
  return (
    <>
      {certificates.slice(0, MAX_SHOWN).map((certificate, index) => (
        <CertificateCard
          // biome-ignore lint/suspicious/noArrayIndexKey: a certificate may occur twice; the index makes the key unique.
          key={`${certificate.fingerprint}-${index}`}
          certificate={certificate}
          place={certificates.length > 1 ? `${index + 1} of ${certificates.length}` : null}
        />
      ))}
      {hidden > 0 ? (
        <p className="text-muted text-xs">
          and {hidden} {restText}
        </p>
      ) : null}
    </>
  );
}

/** The public facts of one certificate. @param place its position in a bundle, such as "2 of 3" */
export function CertificateCard({
  certificate,
  place,
}: {
  readonly certificate: CertificateDetail;
  readonly place: string | null;
}) {
  const { subject, issuer, notBefore, notAfter, keyUsage, extendedKeyUsage } = certificate;
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-2">
        <strong className="min-w-0 font-semibold [overflow-wrap:anywhere]">{subject || 'No subject'}</strong>
        <span className="rounded bg-neutral-soft px-1.5 text-muted text-xs">
          {certificateType(certificate)}
        </span>
        {place ? <span className="text-muted text-xs">{place}</span> : null}
        <Validity notBefore={notBefore} notAfter={notAfter} />
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 px-3 py-2 text-xs [&_dd]:min-w-0 [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-muted">
        <dt>Issuer</dt>
        <dd>{certificate.selfSigned ? 'Self-signed' : issuer || 'Not specified'}</dd>
        <dt>Valid from</dt>
        <dd>
          <Utc at={notBefore} />
        </dd>
        <dt>Valid until</dt>
        <dd>
          <Utc at={notAfter} />
        </dd>
        <dt>Key</dt>
        <dd>{certificate.keyType}</dd>
        <dt>Key usage</dt>
        <dd>{usageText(keyUsage, extendedKeyUsage)}</dd>
        <dt>SHA-256</dt>
        <dd className="flex items-start gap-1">
          <Fingerprint text={certificate.fingerprint} />
          <CopyButton text={certificate.fingerprint} label="Copy fingerprint" className="-my-2" />
        </dd>
      </dl>
    </div>
  );
}

/** A fingerprint that wraps between bytes, never within one. */
function Fingerprint({ text }: { readonly text: string }) {
  const bytes = text.split(':');
  return (
    <span className="min-w-0 flex-1 font-mono">
      {bytes.map((byte, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bytes repeat, so only the index is unique.
        <Fragment key={index}>
          {index > 0 ? ':' : null}
          <wbr />
          {byte}
        </Fragment>
      ))}
    </span>
  );
}

const VALIDITY: Record<CertificateValidity['state'], { icon: typeof Clock; className: string }> = {
  valid: { icon: BadgeCheck, className: 'text-healthy' },
  ending: { icon: Hourglass, className: 'text-degraded' },
  expired: { icon: CircleX, className: 'text-disconnected' },
  'not-yet': { icon: Clock, className: 'text-disconnected' },
  unknown: { icon: Clock, className: 'text-unknown' },
};

/** Uses the API server's clock: it's close to the gateway's, and the gateway has the final say on a certificate. */
function Validity({ notBefore, notAfter }: Pick<CertificateDetail, 'notBefore' | 'notAfter'>) {
  const text = useTick(
    useCallback((nowMs) => certificateValidity(notBefore, notAfter, nowMs).text, [notBefore, notAfter]),
  );
  const state = useTick(
    useCallback((nowMs) => certificateValidity(notBefore, notAfter, nowMs).state, [notBefore, notAfter]),
  );
  const { icon: Icon, className } = VALIDITY[state];
  return (
    <span className={clsx('tabular flex items-center gap-1 text-xs', className)}>
      <Icon size={13} aria-hidden="true" className="shrink-0" />
      {text}
    </span>
  );
}

function certificateType({ isCa, selfSigned }: CertificateDetail): string {
  if (isCa) return selfSigned ? 'Root CA' : 'Intermediate CA';
  return selfSigned ? 'Self-signed leaf' : 'Leaf';
}

/** Keeps X.509's own names, which openssl and cert-manager print too. */
function usageText(keyUsage: readonly string[] | null, extendedKeyUsage: readonly string[] | null): string {
  if (keyUsage === null && extendedKeyUsage === null) return 'Not restricted';
  return [...(keyUsage ?? []), ...(extendedKeyUsage ?? [])].join(', ') || 'None';
}
