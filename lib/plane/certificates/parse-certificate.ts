import {
  checkExtensions,
  type Extension,
  type ExtensionFacts,
  NO_EXTENSIONS,
  readExtension,
} from './certificate-extensions';
import { readName } from './certificate-name';
import { readTime } from './certificate-time';
import { CertificateError, contextTag, DerReader, explicitTag, TAG } from './der-reader';
import { checkPublicKey, readAlgorithm } from './public-key-parser';

/** The public facts of a certificate. */
export interface ParsedCertificate extends ExtensionFacts {
  /** 1 to 3. */
  readonly version: number;
  readonly serialNumber: bigint;
  /** `CN=agent, O=Acme`. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Whether subject and issuer are the same, octet by octet. */
  readonly selfIssued: boolean;
  /** The SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
}

/**
 * Parses a certificate by the rules of Go's `x509.ParseCertificate`, which the gateway uses, in the order of its
 * checks. Node's own parser accepts much that Go rejects: negative serial numbers, curves given by their parameters,
 * data after the certificate, duplicate extensions, and any text as a date.
 *
 * @throws CertificateError with Go's reason
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  const input = new DerReader(der);
  const { content, bytes } = input.element(TAG.sequence, 'malformed certificate');
  const parsed = parseContent(content);
  if (bytes.length !== der.length) throw new CertificateError('trailing data');
  return parsed;
}

function parseContent(certificate: DerReader): ParsedCertificate {
  const signed = certificate.read(TAG.sequence, 'malformed tbs certificate');
  const version = readVersion(signed);
  const serialNumber = signed.integer('malformed serial number');
  if (serialNumber < 0n) throw new CertificateError('negative serial number');
  const algorithm = signed.read(TAG.sequence, 'malformed signature algorithm identifier');
  const outer = certificate.read(TAG.sequence, 'malformed algorithm identifier');
  if (!isEqual(outer.rest(), algorithm.rest()))
    throw new CertificateError("inner and outer signature algorithm identifiers don't match");
  readAlgorithm(algorithm);
  const issuer = readDistinguishedName(signed);
  const validity = signed.read(TAG.sequence, 'malformed validity');
  const notBeforeMs = readTime(validity);
  const notAfterMs = readTime(validity);
  const subject = readDistinguishedName(signed);
  const publicKey = readPublicKey(signed);
  const extensions = readExtensions(signed, version);
  certificate.bitString('malformed signature');
  return {
    version,
    serialNumber,
    subject: subject.text,
    issuer: issuer.text,
    notBeforeMs,
    notAfterMs,
    selfIssued: isEqual(issuer.bytes, subject.bytes),
    publicKey,
    ...extensions,
  };
}

function readVersion(signed: DerReader): number {
  const problem = 'malformed version';
  const field = signed.optional(explicitTag(0), problem);
  if (field === null) return 1;
  const value = field.int64(problem);
  if (!field.isEmpty || value < 0n) throw new CertificateError(problem);
  if (value > 2n) throw new CertificateError('invalid version');
  return Number(value) + 1;
}

function readDistinguishedName(signed: DerReader): { readonly text: string; readonly bytes: Uint8Array } {
  const { bytes } = signed.element(TAG.sequence, 'malformed issuer');
  return { text: readName(new DerReader(bytes)), bytes };
}

function readPublicKey(signed: DerReader): Uint8Array {
  const { bytes, content: info } = signed.element(TAG.sequence, 'malformed spki');
  const algorithm = readAlgorithm(info.read(TAG.sequence, 'malformed public key algorithm identifier'));
  checkPublicKey(algorithm, info.bitString('malformed subjectPublicKey').rightAligned);
  return bytes;
}

/** Go ignores what follows the key in version 1, and extensions in version 2. */
function readExtensions(signed: DerReader, version: number): ExtensionFacts {
  if (version === 1) return NO_EXTENSIONS;
  signed.optional(contextTag(1), 'malformed issuerUniqueID');
  signed.optional(contextTag(2), 'malformed subjectUniqueID');
  if (version === 2) return NO_EXTENSIONS;
  const problem = 'malformed extensions';
  const list = signed.optional(explicitTag(3), problem)?.read(TAG.sequence, problem);
  const extensions = new Map<string, Extension>();
  while (list && !list.isEmpty) {
    const extension = readExtension(list.read(TAG.sequence, 'malformed extension'));
    if (extensions.has(extension.oid)) throw new CertificateError('certificate contains duplicate extension');
    extensions.set(extension.oid, extension);
  }
  return checkExtensions([...extensions.values()]);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
