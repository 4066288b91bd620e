import 'server-only';
import type { X509Certificate } from 'node:crypto';
import { fromBase64 } from '@/lib/plane/model/base64';
import { certificateBlocks, readCertificate } from './read-certificate';

/**
 * The readable certificates of a text, each once, in their order. The text is PEM, or base64 of it as in the oldest
 * release; anything else in it, even a private key, is ignored.
 */
export function certificatesIn(text: string): X509Certificate[] {
  const pem = text.includes('-----BEGIN') ? text : (fromBase64(text) ?? '');
  return withoutDuplicates(
    certificateBlocks(pem)
      .map(readCertificate)
      .filter((certificate) => certificate !== null),
  );
}

/** Certificates as one PEM text, written from what was read: a given block may carry more than its certificate. */
export function bundleOf(certificates: readonly X509Certificate[]): string {
  return withoutDuplicates(certificates).map(String).join('');
}

/** SHA-256 over the DER form, in upper-case hex with colons. */
export function fingerprintsOf(certificates: readonly X509Certificate[]): string[] {
  return certificates.map((certificate) => certificate.fingerprint256);
}

/** A fingerprint as it is compared: people copy it in lower case, or without colons. */
export function plainFingerprint(fingerprint: string): string {
  return fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();
}

function withoutDuplicates(certificates: readonly X509Certificate[]): X509Certificate[] {
  const seen = new Set<string>();
  return certificates.filter(({ fingerprint256 }) => {
    if (seen.has(fingerprint256)) return false;
    seen.add(fingerprint256);
    return true;
  });
}
