import { isAscii } from './certificate-name';
import { CertificateError, contextTag, DerReader, explicitTag, TAG } from './der-reader';
import { isDomain } from './domain-syntax';
import { checkNameConstraints } from './name-constraints';
import { uriHost } from './uri-syntax';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** The parts of the extensions that decide what a certificate may verify. */
export interface ExtensionFacts {
  /** Null: there are no basic constraints. */
  readonly isCa: boolean | null;
  /** The numbers of the key usage's bits; null: nothing is restricted. */
  readonly keyUsage: readonly number[] | null;
  /** OIDs; null: nothing is restricted. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** OIDs of critical extensions that Go doesn't handle. It trusts no chain with such a certificate. */
  readonly unhandledCritical: readonly string[];
}

const URI = contextTag(6);

/** Reads an extension's envelope. */
export function readExtension(der: DerReader): Extension {
  const oid = der.objectIdentifier('malformed extension OID field');
  const critical = der.has(TAG.boolean) && der.boolean('malformed extension critical field');
  return { oid, critical, value: der.read(TAG.octetString, 'malformed extension value field').rest() };
}

/** The facts of a certificate without extensions. */
export const NO_EXTENSIONS: ExtensionFacts = {
  isCa: null,
  keyUsage: null,
  extendedKeyUsage: null,
  unhandledCritical: [],
};

/** Checks the content of the extensions that Go knows, in their order. */
export function checkExtensions(extensions: readonly Extension[]): ExtensionFacts {
  let facts = NO_EXTENSIONS;
  for (const extension of extensions) {
    const { oid, critical, value } = extension;
    const der = new DerReader(value);
    if (oid === BASIC_CONSTRAINTS) facts = { ...facts, isCa: readBasicConstraints(der) };
    else if (oid === KEY_USAGE) facts = { ...facts, keyUsage: readKeyUsage(der) };
    else if (oid === EXTENDED_KEY_USAGE) facts = { ...facts, extendedKeyUsage: readExtendedKeyUsage(der) };
    else if (!checkKnown(extension, der) && critical)
      facts = { ...facts, unhandledCritical: [...facts.unhandledCritical, oid] };
  }
  return facts;
}

const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const EXTENDED_KEY_USAGE = '2.5.29.37';

/** @returns whether Go handles the extension */
function checkKnown(extension: Extension, der: DerReader): boolean {
  switch (extension.oid) {
    case '2.5.29.14':
      if (extension.critical)
        throw new CertificateError('subject key identifier incorrectly marked critical');
      der.read(TAG.octetString, 'invalid subject key identifier');
      return true;
    case '2.5.29.17':
      return checkAlternativeNames(der);
    case '2.5.29.30':
      return checkNameConstraints(der);
    case '2.5.29.31':
      checkDistributionPoints(der);
      return true;
    case '2.5.29.32':
      checkPolicies(der);
      return true;
    case '2.5.29.33':
      checkPolicyMappings(der);
      return true;
    case '2.5.29.35':
      checkAuthorityKeyIdentifier(extension, der);
      return true;
    case '2.5.29.36':
      checkPolicyConstraints(der);
      return true;
    case '2.5.29.54':
      der.int64('invalid inhibit any policy extension');
      return true;
    case '1.3.6.1.5.5.7.1.1':
      checkAuthorityInformation(extension, der);
      return true;
    default:
      return false;
  }
}

function readBasicConstraints(der: DerReader): boolean {
  const problem = 'invalid basic constraints';
  const content = der.read(TAG.sequence, problem);
  const isCa = content.has(TAG.boolean) && content.boolean(problem);
  if (content.has(TAG.integer) && content.int64(problem) < 0n) throw new CertificateError(problem);
  return isCa;
}

function readKeyUsage(der: DerReader): number[] {
  const { bytes } = der.bitString('invalid key usage');
  return Array.from({ length: 9 }, (_, bit) => bit).filter(
    (bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
}

function readExtendedKeyUsage(der: DerReader): string[] {
  const problem = 'invalid extended key usages';
  const usages = der.read(TAG.sequence, problem);
  const oids: string[] = [];
  while (!usages.isEmpty) oids.push(usages.objectIdentifier(problem));
  return oids;
}

/** @returns whether there is a name of a type that Go knows */
function checkAlternativeNames(der: DerReader): boolean {
  const names = der.read(TAG.sequence, 'invalid subject alternative names');
  let isKnown = false;
  while (!names.isEmpty) {
    const { tag, content } = names.next('invalid subject alternative name');
    const value = content.rest();
    const type = ALTERNATIVE_NAMES[tag];
    if (type === undefined) continue;
    isKnown = true;
    if (tag === contextTag(7)) {
      if (value.length !== 4 && value.length !== 16)
        throw new CertificateError(`cannot parse IP address of length ${value.length}`);
    } else if (!isAscii(value)) throw new CertificateError(`SAN ${type} is malformed`);
    if (tag === URI) checkUri(String.fromCharCode(...value));
  }
  return isKnown;
}

const ALTERNATIVE_NAMES: Readonly<Record<number, string>> = {
  [contextTag(1)]: 'rfc822Name',
  [contextTag(2)]: 'dNSName',
  [URI]: 'uniformResourceIdentifier',
  [contextTag(7)]: 'iPAddress',
};

function checkUri(text: string): void {
  const host = uriHost(text);
  if (host === null || !isDomain(host, false)) throw new CertificateError('cannot parse URI');
}

function checkDistributionPoints(der: DerReader): void {
  const problem = 'invalid CRL distribution point';
  const points = der.read(TAG.sequence, `${problem}s`);
  while (!points.isEmpty) {
    const point = points.read(TAG.sequence, problem);
    const name = point.optional(explicitTag(0), problem);
    const full = name?.read(explicitTag(0), problem);
    while (full?.has(URI)) full.read(URI, problem);
  }
}

function checkPolicies(der: DerReader): void {
  const problem = 'invalid certificate policies';
  const policies = der.read(TAG.sequence, problem);
  const seen = new Set<string>();
  while (!policies.isEmpty) {
    const oid = policies.read(TAG.sequence, problem).read(TAG.objectIdentifier, problem).rest();
    const id = oid.join();
    if (seen.has(id) || !isShortestForm(oid)) throw new CertificateError(problem);
    seen.add(id);
  }
}

/** An object identifier whose numbers may have any size. */
function isShortestForm(oid: Uint8Array): boolean {
  const last = oid.at(-1);
  if (last === undefined || last >= 0x80) return false;
  return oid.every((byte, index) => byte !== 0x80 || (oid[index - 1] ?? 0) >= 0x80);
}

function checkPolicyMappings(der: DerReader): void {
  const problem = 'invalid policy mappings extension';
  const mappings = der.read(TAG.sequence, problem);
  while (!mappings.isEmpty) {
    const mapping = mappings.read(TAG.sequence, problem);
    mapping.read(TAG.objectIdentifier, problem);
    mapping.read(TAG.objectIdentifier, problem);
  }
}

function checkAuthorityKeyIdentifier({ critical }: Extension, der: DerReader): void {
  if (critical) throw new CertificateError('authority key identifier incorrectly marked critical');
  const problem = 'invalid authority key identifier';
  der.read(TAG.sequence, problem).optional(contextTag(0), problem);
}

function checkPolicyConstraints(der: DerReader): void {
  const problem = 'invalid policy constraints extension';
  const content = der.read(TAG.sequence, problem);
  for (const tag of [contextTag(0), contextTag(1)]) {
    if (content.has(tag)) content.int64(problem, tag);
  }
}

function checkAuthorityInformation({ critical }: Extension, der: DerReader): void {
  if (critical) throw new CertificateError('authority info access incorrectly marked critical');
  const problem = 'invalid authority info access';
  const descriptions = der.read(TAG.sequence, problem);
  while (!descriptions.isEmpty) {
    const description = descriptions.read(TAG.sequence, problem);
    description.objectIdentifier(problem);
    description.optional(URI, problem);
  }
}
