import 'server-only';
import 'reflect-metadata';
import type { KeyObject, X509Certificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as ParsedCertificate,
} from '@peculiar/x509';
import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';

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
] as const satisfies readonly (keyof typeof KeyUsageFlags)[];

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
 * Returns the public facts of a certificate; null when its extensions can't be read.
 *
 * Node reports no basic key usage, and its `ca` is false for a CA that lacks the usage to sign certificates. The
 * second parser tells these cases apart.
 */
export function certificateDetail(certificate: X509Certificate): CertificateDetail | null {
  const extensions = readExtensions(certificate.raw);
  if (!extensions) return null;
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    serialNumber: certificate.serialNumber,
    fingerprint: certificate.fingerprint256,
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    ...extensions,
    selfSigned: isSelfSigned(certificate),
    extendedKeyUsage: certificate.keyUsage?.map((oid) => EXTENDED_KEY_USAGES[oid] ?? oid) ?? null,
    keyType: keyType(certificate),
  };
}

function readExtensions(der: Uint8Array<ArrayBuffer>): Pick<CertificateDetail, 'isCa' | 'keyUsage'> | null {
  try {
    const parsed = new ParsedCertificate(der);
    const usages = parsed.getExtension(KeyUsagesExtension)?.usages;
    return {
      isCa: parsed.getExtension(BasicConstraintsExtension)?.ca ?? false,
      keyUsage:
        usages === undefined ? null : KEY_USAGES.filter((name) => (usages & KeyUsageFlags[name]) !== 0),
    };
  } catch {
    return null;
  }
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
