import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { CertificateFact } from './health-facts';

/** What is registered as a plane's CA, a sentence to compare it by; empty: it is not known. */
export function registeredCaText(ca: CertificateFact): string {
  if (ca.state !== 'parsed') return '';
  const endMs = parseTimeMs(ca.notAfter);
  const until = endMs === null ? '' : `, valid until ${formatUtc(endMs)}`;
  return ca.count === 1
    ? `Registered is ${ca.subject}${until}.`
    : `Registered are ${ca.count} certificates. The one that lasts longest is ${ca.subject}${until}.`;
}
