import { certificatesIn, validSpans } from '@/lib/plane/health/ca-bundle';
import { certificatesOf, type NamedCertificate, unusableSecrets } from '@/lib/plane/health/certificate-facts';
import type { Health } from '@/lib/plane/health/health';
import type { PlaneFacts } from '@/lib/plane/health/health-facts';
import { parseTimeMs } from '@/lib/plane/time/age';

/**
 * The properties of a plane's certificates that can be filtered by; several may apply. They follow health's own reasons,
 * so the list and health never disagree about what is soon.
 */
export const CERTIFICATE_TRAITS = [
  'unusable',
  'expired',
  'expiring',
  'self-signed-leaf',
  'valid',
  'not-checked',
] as const;
export type CertificateTrait = (typeof CERTIFICATE_TRAITS)[number];

export const CERTIFICATE_TRAIT_LABELS: Record<CertificateTrait, string> = {
  unusable: 'Missing or unusable',
  expired: 'Expired',
  expiring: 'Expiring',
  'self-signed-leaf': 'Self-signed leaf',
  valid: 'Valid',
  'not-checked': 'Not checked',
};

const UNUSABLE: ReadonlySet<string> = new Set([
  'certificate-absent',
  'certificate-unparsable',
  'certificate-partly-unparsable',
  'certificate-not-yet-valid',
  'certificate-unusable',
  'secret-missing',
  'secret-key-missing',
  'credential-absent',
  'private-key-unparsable',
  'private-key-mismatch',
]);

type Facts = Pick<PlaneFacts, 'certificate' | 'credentials'>;

interface Judged {
  readonly plane: { readonly facts: Facts };
  readonly health: Pick<Health, 'reasons'>;
}

export function certificateTraits({ plane, health }: Judged): CertificateTrait[] {
  const certificates = certificatesOf(plane.facts).map(({ fact }) => fact);
  const traits = new Set<CertificateTrait>();
  for (const { code } of health.reasons) {
    if (UNUSABLE.has(code)) traits.add('unusable');
    // In a bundle, a single certificate that is expired or about to expire is a problem too.
    if (code === 'certificate-expired' || code === 'certificate-partly-expired') traits.add('expired');
    if (code === 'certificate-expiring' || code === 'certificate-partly-expiring') traits.add('expiring');
  }
  if (certificates.some(({ state }) => state === 'not-checked')) traits.add('not-checked');
  // A CA that is about to end is still valid, but a person looking for problems filters by one or the other.
  else if (traits.size === 0 && certificates.every(({ state }) => state === 'parsed')) traits.add('valid');
  const all = certificates.flatMap((fact) => (fact.state === 'parsed' ? certificatesIn(fact) : []));
  if (all.some(({ selfSignedLeaf }) => selfSignedLeaf)) traits.add('self-signed-leaf');
  return CERTIFICATE_TRAITS.filter((trait) => traits.has(trait));
}

/**
 * Returns when the first of a plane's certificates ends, for sorting, in milliseconds since the epoch. A missing or
 * unusable credential sorts as if it had ended long ago. Undefined if none was checked or no end can be read. For a
 * bundle it's the first end if health reports that one, otherwise the end of the first uninterrupted validity.
 */
export function certificateEnd(judged: Judged): number | undefined {
  if (unusableSecrets(judged.plane.facts).length > 0) return 0;
  const [first] = certificatesByEnd(judged);
  return first && endOf(first, judged.health);
}

/** Returns a plane's certificates, the one whose end comes first before the others; unchecked ones last. */
export function certificatesByEnd({ plane, health }: Judged): NamedCertificate[] {
  const order = (one: NamedCertificate) => endOf(one, health) ?? Number.POSITIVE_INFINITY;
  return certificatesOf(plane.facts).toSorted((a, b) => order(a) - order(b) || 0);
}

function endOf({ fact }: NamedCertificate, health: Pick<Health, 'reasons'>): number | undefined {
  if (fact.state === 'not-checked') return undefined;
  if (fact.state !== 'parsed' || fact.obstacle !== undefined) return 0;
  const first = isPartlyEnding(health) ? parseTimeMs(fact.earlier?.[0]?.notAfter) : null;
  // Health reports nothing as expired while the bundle's first validity lasts.
  const atMs = first ?? validSpans(certificatesIn(fact))[0]?.endMs;
  return atMs !== undefined && Number.isFinite(atMs) ? atMs : undefined;
}

/** Returns whether health reports that some certificates of a bundle end before the others. */
export function isPartlyEnding({ reasons }: Pick<Health, 'reasons'>): boolean {
  return reasons.some(
    ({ code }) => code === 'certificate-partly-expired' || code === 'certificate-partly-expiring',
  );
}
