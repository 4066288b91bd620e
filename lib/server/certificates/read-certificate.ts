import 'server-only';
import { X509Certificate } from 'node:crypto';

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
