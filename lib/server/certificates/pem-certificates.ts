import 'server-only';
import { X509Certificate } from 'node:crypto';
import { fromBase64 } from '@/lib/plane/model/base64';

const PEM_BEGIN = '-----BEGIN CERTIFICATE-----';
const PEM_END = '-----END CERTIFICATE-----';

/** The PEM blocks of certificates in a text, in one pass, however often a block begins without ending. */
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

/** Null for what is no certificate, or one without dates: OpenSSL takes any text for a date, and nothing can be said of it. */
export function readCertificate(block: string): X509Certificate | null {
  try {
    const certificate = new X509Certificate(block);
    // By the texts: the Date properties of a time that OpenSSL cannot read are sometimes a valid Date of any moment.
    const dates = [certificate.validFrom, certificate.validTo];
    return dates.some((date) => Number.isNaN(Date.parse(date))) ? null : certificate;
  } catch {
    return null;
  }
}

/** Material as PEM: as it is, or decoded where it is base64 of PEM as in the oldest release. Empty for anything else. */
export function pemText(material: string): string {
  return material.includes('-----BEGIN') ? material : (fromBase64(material) ?? '');
}

/**
 * The readable certificates of a text, each once, in their order. The text is PEM, or base64 of it as in the oldest
 * release; anything else in it, even a private key, is ignored.
 */
export function certificatesIn(text: string): X509Certificate[] {
  return withoutDuplicates(
    certificateBlocks(pemText(text))
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
