import 'server-only';
import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import type { ParsedCertificate } from '@/lib/plane/certificates/parse-certificate';
import { maySign, type ReadCertificate } from '@/lib/plane/certificates/read-bundle';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { CertificateUsage } from '@/lib/plane/credentials/certificate-usage';

/** The names of the key usage's bits. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** RFC 5280, section 4.2.1.12. */
const EXTENDED_KEY_USAGES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};

/** Common names of curves; OpenSSL has its own name for P-256. */
const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/**
 * Returns the public facts of a certificate that the gateway reads. OpenSSL adds how its name is written, its key's
 * type and its signature; it doesn't read all that the gateway does.
 */
export function certificateDetail({ der, parsed }: ReadCertificate): CertificateDetail {
  const certificate = openSslCertificate(der);
  return {
    subject: distinguishedName(certificate?.subject ?? parsed.subject),
    issuer: distinguishedName(certificate?.issuer ?? parsed.issuer),
    serialNumber: certificate?.serialNumber ?? serialNumberText(parsed.serialNumber),
    fingerprint: fingerprintOf(der),
    selfSigned: certificate ? isSelfSigned(certificate) : parsed.selfIssued,
    ...certificateUsage(parsed),
    keyType: certificate ? keyType(certificate) : 'unknown',
  };
}

/** Returns what a certificate's dates and extensions restrict it to. */
export function certificateUsage(
  parsed: ParsedCertificate,
): CertificateUsage & Pick<CertificateDetail, 'isCa' | 'keyUsage'> {
  return {
    notBefore: new Date(parsed.notBeforeMs).toISOString(),
    notAfter: new Date(parsed.notAfterMs).toISOString(),
    isCa: maySign(parsed),
    keyUsage: parsed.keyUsage?.flatMap((bit) => KEY_USAGES[bit] ?? []) ?? null,
    extendedKeyUsage: parsed.extendedKeyUsage?.map((oid) => EXTENDED_KEY_USAGES[oid] ?? oid) ?? null,
    ...(parsed.unhandledCritical.length > 0 ? { unknownCritical: [...parsed.unhandledCritical] } : {}),
  };
}

/** Returns null for a certificate that OpenSSL can't read, such as one with an additional element. */
export function openSslCertificate(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

/** Returns the SHA-256 fingerprint over the DER form, in upper-case hex with colons, as openssl prints it. */
export function fingerprintOf(der: Uint8Array): string {
  const hex = createHash('sha256').update(der).digest('hex').toUpperCase();
  return hex.replace(/(..)(?!$)/g, '$1:');
}

function serialNumberText(serialNumber: bigint): string {
  const hex = serialNumber.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

function distinguishedName(lines: string): string {
  return lines.replaceAll('\n', ', ') || '(no name)';
}

/** Doesn't use `checkIssued`, which is false for a self-signed leaf that lacks the usage to sign certificates. */
function isSelfSigned(certificate: X509Certificate): boolean {
  const key = publicKey(certificate);
  try {
    return key !== null && certificate.subject === certificate.issuer && certificate.verify(key);
  } catch {
    return false;
  }
}

function keyType(certificate: X509Certificate): string {
  const key = publicKey(certificate);
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  switch (key?.asymmetricKeyType) {
    case undefined:
      return 'unknown';
    case 'rsa':
      return `RSA ${modulusLength}`;
    case 'ec':
      return `EC ${CURVES[namedCurve ?? ''] ?? namedCurve}`;
    case 'ed25519':
      return 'Ed25519';
    default:
      return String(key?.asymmetricKeyType).toUpperCase();
  }
}

/** Null for a key type that OpenSSL doesn't know: reading it throws. */
function publicKey(certificate: X509Certificate): KeyObject | null {
  try {
    return certificate.publicKey;
  } catch {
    return null;
  }
}
