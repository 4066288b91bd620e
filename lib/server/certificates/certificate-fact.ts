import 'server-only';
import type { X509Certificate } from 'node:crypto';
import { parsedCa } from '@/lib/plane/health/ca-bundle';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import { certificateBlocks, pemText, readCertificate } from './pem-certificates';

/** Fits a bundle of a hundred certificates. Anything larger isn't read, because a plane may contain any text. */
const MAX_MATERIAL_CHARACTERS = 256 * 1024;

/**
 * Returns the public facts of a CA: PEM, or base64 of PEM as in older releases. All certificates of a bundle count,
 * because any of them may verify the agent. The answer contains nothing of the material itself.
 */
export function certificateFact(material: string): CertificateFact {
  if (material.length > MAX_MATERIAL_CHARACTERS) return unparsable("it's larger than 256 KB.");
  const blocks = certificateBlocks(pemText(material));
  if (blocks.length === 0) return unparsable('it contains no PEM certificate.');
  const certificates: X509Certificate[] = [];
  for (const block of blocks) {
    const certificate = readCertificate(block);
    if (certificate) certificates.push(certificate);
    else {
      return unparsable(
        blocks.length === 1
          ? 'its certificate is damaged.'
          : `certificate ${certificates.length + 1} of ${blocks.length} is damaged.`,
      );
    }
  }
  return (
    parsedCa(
      certificates.map((certificate) => ({
        notBefore: certificate.validFromDate.toISOString(),
        notAfter: certificate.validToDate.toISOString(),
        subject: certificate.subject.replaceAll('\n', ', ') || '(no subject)',
        selfSignedLeaf: isSelfSignedLeaf(certificate),
      })),
    ) ?? unparsable('it contains no PEM certificate.')
  );
}

/** The charts' default: the agent's own self-signed certificate, registered as its CA although it isn't one. */
function isSelfSignedLeaf(certificate: X509Certificate): boolean {
  return !certificate.ca && certificate.subject === certificate.issuer;
}

function unparsable(problem: string): CertificateFact {
  return { state: 'unparsable', problem };
}
