import 'server-only';
import { X509Certificate } from 'node:crypto';
import { fromBase64 } from '@/lib/base64';

const PEM_BEGIN = '-----BEGIN CERTIFICATE-----';
const PEM_END = '-----END CERTIFICATE-----';

/** Returns the PEM certificate blocks of a text, in one pass, however many blocks begin without ending. */
export function certificateBlocks(text: string): string[] {
  const blocks: string[] = [];
  for (let from = text.indexOf(PEM_BEGIN); from !== -1; ) {
    const endsAt = text.indexOf(PEM_END, from);
    if (endsAt === -1) break;
    const after = endsAt + PEM_END.length;
    blocks.push(text.slice(from, after));
    from = text.indexOf(PEM_BEGIN, after);
  }
  return blocks;
}

/**
 * Returns null for text that isn't a certificate, and for a certificate with unreadable dates: OpenSSL accepts any
 * text as a date.
 */
export function readCertificate(block: string): X509Certificate | null {
  try {
    const certificate = new X509Certificate(block);
    // Checks the texts: for a time that OpenSSL can't read, Node's Date is sometimes a valid one of any moment.
    const dates = [certificate.validFrom, certificate.validTo];
    return dates.some((date) => Number.isNaN(Date.parse(date))) ? null : certificate;
  } catch {
    return null;
  }
}

/**
 * Returns material as PEM: unchanged, or decoded if it is base64 of PEM as in the oldest release. Empty for anything
 * else.
 */
export function pemText(material: string): string {
  return material.includes('-----BEGIN') ? material : (fromBase64(material) ?? '');
}

/**
 * Returns the readable certificates of a text in order, without duplicates. The text is PEM, or base64 of it as in
 * the oldest release. Anything else in it, even a private key, is ignored.
 */
export function certificatesIn(text: string): X509Certificate[] {
  return withoutDuplicates(
    certificateBlocks(pemText(text))
      .map(readCertificate)
      .filter((certificate) => certificate !== null),
  );
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
