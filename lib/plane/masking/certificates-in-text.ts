import { fromBase64 } from '@/lib/base64';

/** Every PEM block begins like this, whatever its label. */
const ANY_BEGIN = /-----BEGIN /g;
const CERTIFICATE_BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Returns the certificates of a text without the text around them, such as what `openssl x509 -text` prints, in the
 * encoding of the text: PEM, or base64 of PEM. Null if it has none, or any other PEM block.
 */
export function certificatesInText(text: string): string | null {
  if (text.includes('-----BEGIN ')) return pemCertificates(text);
  const decoded = fromBase64(text);
  const certificates = decoded === null ? null : pemCertificates(decoded);
  return certificates === null ? null : btoa(certificates);
}

function pemCertificates(text: string): string | null {
  const certificates = text.match(CERTIFICATE_BLOCK) ?? [];
  const isAll = certificates.length === (text.match(ANY_BEGIN) ?? []).length;
  return certificates.length > 0 && isAll ? certificates.map((one) => `${one}\n`).join('') : null;
}
