import 'server-only';
import type { X509Certificate } from 'node:crypto';

/**
 * Returns the certificate of a CA bundle that verifies a server's certificate, directly or through the intermediates
 * that the server sends after its own; null if none does. Dates don't count here.
 *
 * @param chain the server's certificate first
 */
export function verifyingCa(
  chain: readonly X509Certificate[],
  bundle: readonly X509Certificate[],
): X509Certificate | null {
  const intermediates = chain.slice(1);
  const toVerify = chain.slice(0, 1);
  const seen = new Set<string>();
  // Grows while it's walked: an issuer among the intermediates needs an issuer itself.
  for (const certificate of toVerify) {
    if (seen.has(certificate.fingerprint256)) continue;
    seen.add(certificate.fingerprint256);
    const ca = bundle.find(
      (one) => one.fingerprint256 === certificate.fingerprint256 || isIssuedBy(certificate, one),
    );
    if (ca) return ca;
    toVerify.push(...intermediates.filter((one) => isIssuedBy(certificate, one)));
  }
  return null;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a type that OpenSSL doesn't know.
    return false;
  }
}
