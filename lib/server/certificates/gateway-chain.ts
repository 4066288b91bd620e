import 'server-only';
import type { X509Certificate } from 'node:crypto';

/**
 * Returns the certificates of a CA bundle that verify a server's certificate, each directly or through the intermediates
 * that the server sends after its own. Dates don't count here.
 *
 * @param chain the server's certificate first
 */
export function verifyingCas(
  chain: readonly X509Certificate[],
  bundle: readonly X509Certificate[],
): X509Certificate[] {
  const intermediates = chain.slice(1);
  const toVerify = chain.slice(0, 1);
  // Grows while it's walked: an issuer among the intermediates needs an issuer itself.
  for (const certificate of toVerify)
    toVerify.push(
      ...intermediates.filter((one) => !toVerify.some(isSame(one)) && isIssuedBy(certificate, one)),
    );
  return bundle.filter((ca) => toVerify.some((one) => isSame(ca)(one) || isIssuedBy(one, ca)));
}

function isSame({ fingerprint256 }: X509Certificate): (other: X509Certificate) => boolean {
  return (other) => other.fingerprint256 === fingerprint256;
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // A key of a type that OpenSSL doesn't know.
    return false;
  }
}
