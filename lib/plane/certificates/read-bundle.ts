import { CertificateError } from './der-reader';
import { type ParsedCertificate, parseCertificate } from './parse-certificate';
import { type Bundle, type BundledCertificate, type ParsedContent, splitBundle } from './split-bundle';
import { certificateProblem } from './unreadable-block';

/** A certificate that the gateway reads. */
export type ReadCertificate = BundledCertificate<ParsedCertificate>;

/**
 * Reads a CA's text exactly as the gateway does (`x509.CertPool.AppendCertsFromPEM` of Go), and names what the gateway
 * skips without a word.
 */
export function readBundle(text: string): Bundle<ParsedCertificate> {
  return splitBundle(text, parseContent);
}

function parseContent(der: Uint8Array): ParsedContent<ParsedCertificate> {
  try {
    return { parsed: parseCertificate(der) };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return { problem: certificateProblem(error.message), goError: error.message };
  }
}

/**
 * Returns whether a certificate in the gateway's bundle may have issued others. Version 1 can't say, so Go trusts it. A
 * CA whose key usage excludes that verifies only itself, and an agent may present it. To Go, a key usage without any bit
 * restricts nothing.
 */
export function maySign({
  version,
  isCa,
  keyUsage,
}: Pick<ParsedCertificate, 'version' | 'isCa' | 'keyUsage'>): boolean {
  const hasUsage = keyUsage === null || keyUsage.length === 0 || keyUsage.includes(KEY_CERT_SIGN);
  return version < 3 || (isCa === true && hasUsage);
}

/** The number of its bit in the key usage. */
const KEY_CERT_SIGN = 5;
