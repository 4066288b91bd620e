import 'server-only';
import type { X509Certificate } from 'node:crypto';
import { readBundle } from '@/lib/plane/certificates/read-bundle';
import { decodedPem } from '@/lib/plane/credentials/correct-material';
import { openSslCertificate } from './certificate-detail';

/** Returns material as PEM: unchanged, or decoded if it is base64 of PEM as in fields of the oldest release. */
export function pemText(material: string): string {
  return material.includes('-----BEGIN') ? material : (decodedPem(material) ?? '');
}

/**
 * Returns the certificates of a text that the gateway reads, in order, without duplicates. The text is PEM, or base64
 * of it as in fields of the oldest release. Anything else in it, even a private key, is ignored.
 */
export function certificatesIn(text: string): X509Certificate[] {
  return readBundle(pemText(text)).certificates.flatMap(({ der }) => openSslCertificate(der) ?? []);
}

/** Returns a certificate as a PEM block, which ends with a line break. */
export function pemOf(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?!$)/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

/** Returns certificates as one PEM text, encoded again because a given block may carry more than its certificate. */
export function bundleOf(certificates: readonly X509Certificate[]): string {
  return withoutDuplicates(certificates).map(String).join('');
}

/** Returns SHA-256 fingerprints over the DER form, in upper-case hex with colons. */
export function fingerprintsOf(certificates: readonly X509Certificate[]): string[] {
  return certificates.map((certificate) => certificate.fingerprint256);
}

/** Returns a fingerprint in the form for comparison: people copy it in lower case, or without colons. */
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
