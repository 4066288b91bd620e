import type { CertificateDetail } from './certificate-detail';

/**
 * Which certificate of a bundle is to stay once the agent has changed over, by fingerprint: the one that begins last. What is
 * renewed begins later than what it replaces; where two begin at once, it is the one further back, as a new one is put
 * at the end. A proposal only: the person decides.
 */
export function certificateToKeep(certificates: readonly CertificateDetail[]): string | null {
  let newest: CertificateDetail | null = null;
  for (const certificate of certificates) {
    if (newest === null || Date.parse(certificate.notBefore) >= Date.parse(newest.notBefore))
      newest = certificate;
  }
  return newest?.fingerprint ?? null;
}
