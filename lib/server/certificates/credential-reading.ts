import 'server-only';
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { findPrivateKey, readClientCertificate } from '@/lib/plane/certificates/pair-blocks';
import { bytesOfBase64 } from '@/lib/plane/certificates/strict-base64';
import { usageObstacle } from '@/lib/plane/credentials/certificate-usage';
import { decodedPem } from '@/lib/plane/credentials/correct-material';
import type { UsedCredential } from '@/lib/plane/credentials/used-credentials';
import type { CertificateFact, CredentialFact, SecretFact } from '@/lib/plane/health/health-facts';
import { MASK, STORED_MASK_PROBLEM } from '@/lib/plane/masking/mask';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { isHeaderText } from '@/lib/server/kube/header-text';
import { certificateUsage, openSslCertificate } from './certificate-detail';
import { readCa } from './certificate-fact';
import {
  type KnownCertificate,
  knownCertificate,
  MAX_MATERIAL_CHARACTERS,
  shownName,
} from './known-certificate';
import { pemText } from './pem-certificates';

/** The curves and types of keys that Go's `tls.X509KeyPair` accepts. */
const CURVES: ReadonlySet<string> = new Set(['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1']);

/** A credential as it was read. Nothing in it is secret. */
export interface CredentialReading {
  readonly fact: CertificateFact | SecretFact;
  /** A digest of the public key of a client certificate or a private key, to compare the two; absent otherwise. */
  readonly publicKey?: string;
  /** What certificates are compared by; absent for other material. */
  readonly certificates?: readonly KnownCertificate[];
  /** What other material in a Secret is compared by; absent for material that the plane holds itself. */
  readonly mark?: string;
}

/** Whether a Secret's key or the plane itself holds the material. A plane's own may be base64 of PEM. */
export type MaterialPlace = 'inline' | 'secret';

/**
 * Reads one credential's material as the control plane's client does, and returns only public facts.
 *
 * @param material not empty
 */
export function readCredential(
  { purpose, isBase64 }: Pick<UsedCredential, 'purpose' | 'isBase64'>,
  material: string,
  place: MaterialPlace,
): CredentialReading {
  if (material.trim() === MASK) return unparsable(STORED_MASK_PROBLEM);
  if (purpose === 'bearer-token') return readToken(material);
  if (purpose !== 'server-ca' && purpose !== 'client-certificate' && purpose !== 'client-key')
    return { fact: { state: 'present' } };
  if (material.length > MAX_MATERIAL_CHARACTERS) return unparsable("it's larger than 256 KB.");
  // The oldest release's fields are base64. In later ones, base64 of PEM and PEM both occur.
  if (isBase64 && material.includes('-----BEGIN'))
    return unparsable("it's PEM, but this release's field takes base64 of PEM.");
  const text = isBase64 ? strictlyDecoded(material) : place === 'inline' ? pemText(material) : material;
  if (text === null) return unparsable('it has blanks or other characters that base64 lacks.');
  switch (purpose) {
    case 'server-ca':
      if (place === 'secret' && decodedPem(text) !== null)
        return unparsable("it's base64 of PEM. Store the PEM text itself.");
      return readServerCa(text);
    case 'client-certificate':
      return readClient(text);
    case 'client-key':
      return readKey(text);
  }
}

/**
 * Decodes a field as the oldest release's controllers do, which accept line breaks but no blanks. Keeps a byte order
 * mark, behind which Go sees no BEGIN line. Null if it isn't base64, but would be without blanks.
 */
function strictlyDecoded(material: string): string | null {
  const bytes = bytesOfBase64(material);
  if (bytes === null) return decodedPem(material) === null ? '' : null;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Blanks around a token may be cut off. Within it, they can't be part of the request's header as it's meant. */
function readToken(material: string): CredentialReading {
  const token = material.trim();
  if (token === '') return unparsable('it contains nothing but blanks.');
  if (/\s/.test(token)) return unparsable('it contains blanks or line breaks, which no token has.');
  if (!isHeaderText(token)) return unparsable('it contains characters that no token has.');
  return { fact: { state: 'present', ...tokenValidity(token) } };
}

const NEVER_VALID = "It's never valid, because its end (exp) isn't after its beginning (nbf).";

/** Returns when a token is valid, if it's a JSON Web Token that says so. Others keep that to themselves. */
function tokenValidity(token: string): Omit<Extract<SecretFact, { state: 'present' }>, 'state'> {
  const [, claims = '', signature] = token.slice(0, MAX_MATERIAL_CHARACTERS).split('.');
  if (signature === undefined) return {};
  try {
    const { nbf, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
      nbf: unknown;
      exp: unknown;
    };
    const [notBefore, notAfter] = [claimedTime(nbf), claimedTime(exp)];
    // Compared as numbers: a time that is too far away to be a date counts too.
    const isNeverValid = typeof nbf === 'number' && typeof exp === 'number' && nbf >= exp;
    return {
      ...(notBefore === null ? {} : { notBefore }),
      ...(notAfter === null ? {} : { notAfter }),
      ...(isNeverValid ? { obstacle: NEVER_VALID } : {}),
    };
  } catch {
    return {};
  }
}

/** Null for anything but a number of seconds that is a date. */
function claimedTime(claim: unknown): string | null {
  if (typeof claim !== 'number') return null;
  const time = new Date(claim * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function readServerCa(text: string): CredentialReading {
  const { fact, certificates } = readCa(text, 'server-ca');
  return { fact: withoutLeaf(fact), certificates };
}

/** A server's CA isn't renewed by the charts, so the rule about the agent's own certificate doesn't concern it. */
function withoutLeaf(fact: CertificateFact): CertificateFact {
  if (fact.state !== 'parsed') return fact;
  const { earlier } = fact;
  return {
    ...fact,
    selfSignedLeaf: false,
    ...(earlier ? { earlier: earlier.map((one) => ({ ...one, selfSignedLeaf: false })) } : {}),
  };
}

function readClient(text: string): CredentialReading {
  const own = readClientCertificate(text);
  if ('problem' in own) return unparsable(own.problem);
  const { notBeforeMs, notAfterMs, subject } = own.parsed;
  const obstacle = usageObstacle('client-certificate', certificateUsage(own.parsed));
  const fact: CertificateFact = {
    state: 'parsed',
    notBefore: new Date(notBeforeMs).toISOString(),
    notAfter: new Date(notAfterMs).toISOString(),
    subject: shownName(subject),
    selfSignedLeaf: false,
    count: 1,
    ...(obstacle === null ? {} : { obstacle }),
  };
  const publicKey = publicKeyOf(() => openSslCertificate(own.der)?.publicKey);
  return { fact, certificates: [knownCertificate(own)], ...(publicKey === undefined ? {} : { publicKey }) };
}

function readKey(text: string): CredentialReading {
  const block = findPrivateKey(text);
  if ('problem' in block) return unparsable(block.problem);
  const key = parseKey(Buffer.from(block.der));
  if (key === null) return unparsable("it's damaged or of a type that Go doesn't accept.");
  const publicKey = publicKeyOf(() => createPublicKey(key));
  return { fact: { state: 'present' }, ...(publicKey === undefined ? {} : { publicKey }) };
}

/** Tries the three encodings in Go's order, whatever the label says. */
function parseKey(der: Buffer): KeyObject | null {
  for (const type of ['pkcs1', 'pkcs8', 'sec1'] as const) {
    try {
      const key = createPrivateKey({ key: der, format: 'der', type });
      const { asymmetricKeyType, asymmetricKeyDetails } = key;
      if (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'ed25519') return key;
      return asymmetricKeyType === 'ec' && CURVES.has(asymmetricKeyDetails?.namedCurve ?? '') ? key : null;
    } catch {
      // Another encoding, or none.
    }
  }
  return null;
}

/** Undefined if OpenSSL can't read the key. */
function publicKeyOf(read: () => KeyObject | undefined): string | undefined {
  try {
    const der = read()?.export({ type: 'spki', format: 'der' });
    return der && createHash('sha256').update(der).digest('base64');
  } catch {
    return undefined;
  }
}

function unparsable(problem: string): CredentialReading {
  return { fact: { state: 'unparsable', problem } };
}

/** Returns the facts of a plane's credentials from their readings: a key is also compared with its certificate. */
export function credentialFacts(
  credentials: readonly UsedCredential[],
  readingOf: (slot: string) => CredentialReading | undefined,
): CredentialFact[] {
  return credentials.flatMap((credential) => {
    const { slot, purpose, certificateSlot } = credential;
    const reading = readingOf(slot) ?? { fact: { state: 'not-checked' } };
    const certificate = certificateSlot === undefined ? undefined : readingOf(certificateSlot);
    return factOf(slot, purpose, isMismatch(reading, certificate) ? { state: 'mismatched' } : reading.fact);
  });
}

function isMismatch(key: CredentialReading, certificate: CredentialReading | undefined): boolean {
  return (
    key.publicKey !== undefined &&
    certificate?.publicKey !== undefined &&
    key.publicKey !== certificate.publicKey
  );
}

function factOf(
  slot: string,
  purpose: CredentialPurpose,
  fact: CertificateFact | SecretFact,
): CredentialFact[] {
  if (purpose === 'agent-ca') return [];
  if (purpose === 'server-ca' || purpose === 'client-certificate')
    return fact.state === 'present' || fact.state === 'mismatched'
      ? []
      : [{ kind: 'certificate', slot, purpose, fact }];
  return fact.state === 'parsed' ? [] : [{ kind: 'secret', slot, purpose, fact }];
}
