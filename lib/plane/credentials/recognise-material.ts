import { fromBase64 } from '@/lib/base64';
import { correctPem } from '@/lib/plane/certificates/correct-pem';
import { type OtherPart, outlineBundle } from '@/lib/plane/certificates/split-bundle';
import { typedSentence } from '@/lib/plane/certificates/unreadable-block';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { correctMaterial, decodedPem } from './correct-material';
import { type CertificatePurpose, isCertificatePurpose } from './credential-slot';

/** Far more than any certificate bundle, key or token. Larger texts are a mistake and aren't searched. */
const MAX_MATERIAL_CHARACTERS = 256 * 1024;

/** The kind of text given as a credential, judged by its form alone. Never contains a private key. */
export type RecognisedMaterial =
  | { readonly form: 'empty' }
  | {
      readonly form: 'pem-certificates';
      /** The number of different certificates. */
      readonly count: number;
      /** Whether the text is nothing but certificates. */
      readonly pure: boolean;
    }
  /** Base64 of PEM certificates; `pem` is the decoded text. */
  | { readonly form: 'base64-pem'; readonly count: number; readonly pem: string }
  | {
      readonly form: 'private-key';
      readonly encrypted: boolean;
      /** Whether it is base64 of the PEM text. */
      readonly base64: boolean;
      /** Whether certificates are beside it. */
      readonly withCertificates: boolean;
    }
  /** A certificate or key in binary form, either raw or as base64 without the PEM lines. */
  | { readonly form: 'der'; readonly base64: boolean }
  | { readonly form: 'binary' }
  | { readonly form: 'kubeconfig' }
  /** `label` is that of a PEM block other than a certificate or key, such as CERTIFICATE REQUEST. */
  | { readonly form: 'other'; readonly label?: string };

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY-----/;
const ENCRYPTED_KEY = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: ?4,ENCRYPTED/;
const OTHER_LABEL = /-----BEGIN ([A-Z0-9 ]{1,40})-----/;

/** Recognises a pasted or dropped text, as it will be once it's corrected. */
export function recogniseMaterial(text: string): RecognisedMaterial {
  const trimmed = text.trim();
  if (trimmed === '') return { form: 'empty' };
  const plain = recognisePem(correctPem(trimmed).text, false);
  if (plain) return plain;
  // Either the file's own bytes, one character each, or decoded as UTF-8, which leaves replacement characters.
  if (/^0[\u0080-\u0084\ufffd]/.test(trimmed)) return { form: 'der', base64: false };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters identify a binary file
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(trimmed)) return { form: 'binary' };
  if (isKubeconfig(trimmed)) return { form: 'kubeconfig' };
  const decoded = fromBase64(trimmed);
  if (decoded === null) return { form: 'other' };
  const pem = decodedPem(trimmed);
  const inside = recognisePem(pem === null ? decoded : correctPem(pem).text, true);
  if (inside) return inside;
  return /^0[\u0080-\u0084]/.test(decoded) ? { form: 'der', base64: true } : { form: 'other' };
}

function recognisePem(text: string, base64: boolean): RecognisedMaterial | null {
  const { count, parts, unreadable } = outlineBundle(text);
  // A key whose lines are damaged is still a key.
  if (PRIVATE_KEY.test(text) || parts.some(({ kind }) => kind === 'private-key')) {
    return {
      form: 'private-key',
      encrypted: ENCRYPTED_KEY.test(text),
      base64,
      withCertificates: count > 0,
    };
  }
  // A kubeconfig may contain certificates as text too.
  if (isKubeconfig(text)) return { form: 'kubeconfig' };
  if (count > 0) {
    if (base64) return { form: 'base64-pem', count, pem: text };
    const isOther = parts.some(
      ({ kind, from, to }) =>
        kind !== 'certificate' && (kind !== 'text' || text.slice(from, to).trim() !== ''),
    );
    return { form: 'pem-certificates', count, pure: !isOther && unreadable.length === 0 };
  }
  const label = OTHER_LABEL.exec(text)?.[1];
  return label === undefined ? null : { form: 'other', label };
}

function isKubeconfig(text: string): boolean {
  return hasKey(text, 'clusters') && (hasKey(text, 'contexts') || hasKey(text, 'users'));
}

/** Matches the key in YAML or JSON. */
function hasKey(text: string, name: string): boolean {
  return new RegExp(`(^|[\\s{,])["']?${name}["']?[ \\t]{0,9}:`).test(text);
}

const CERTIFICATE_NAMES: Record<CertificatePurpose, string> = {
  'agent-ca': 'the agent CA',
  'server-ca': "the API server's CA",
  'client-certificate': 'the client certificate',
};

/**
 * Returns why a text can't be the material of a slot, and what to do about it, or null if it may be. Accepts an empty
 * text: other checks decide whether the field is required. Browsers call this before they send anything, so a private
 * key in a certificate's place never leaves them.
 */
export function materialProblem(purpose: CredentialPurpose, text: string): string | null {
  if (text.length > MAX_MATERIAL_CHARACTERS) {
    return 'This text is too large. The limit is 256 KB.';
  }
  switch (purpose) {
    case 'agent-ca':
    case 'server-ca':
    case 'client-certificate':
      return certificateProblem(purpose, recogniseMaterial(text)) ?? blockProblem(text);
    case 'client-key':
      return keyProblem(recogniseMaterial(text));
    case 'bearer-token':
      return tokenProblem(text);
    case 'password':
    case 'other':
      return null;
  }
}

function certificateProblem(purpose: CertificatePurpose, material: RecognisedMaterial): string | null {
  const name = CERTIFICATE_NAMES[purpose];
  switch (material.form) {
    case 'private-key':
      return material.withCertificates
        ? `This contains a private key. Paste only ${name}. The key must stay where it's used.`
        : `This is a private key, which must stay where it's used. Enter ${name} instead.`;
    case 'der':
      return material.base64
        ? 'This is a base64-encoded certificate in binary format (DER). Paste it as PEM, with the BEGIN CERTIFICATE and END CERTIFICATE lines.'
        : 'This is in binary format (DER). Convert it to PEM: openssl x509 -inform der -in FILE -out certificate.pem';
    case 'binary':
      return 'This is a binary file. Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.';
    case 'kubeconfig':
      return purpose === 'agent-ca'
        ? `This is a kubeconfig. Enter ${name} as PEM instead.`
        : 'This is a kubeconfig. Import it with "Use a kubeconfig".';
    case 'other':
      return material.label === undefined
        ? 'No certificate found. Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.'
        : `This is a ${material.label.toLowerCase()}, not a certificate.`;
    default:
      return null;
  }
}

/**
 * Returns why a text of certificates can't be read by the form of its blocks, or null if it can. What is inside them
 * is checked by the server.
 */
function blockProblem(text: string): string | null {
  const { unreadable, parts, count } = outlineBundle(correctMaterial(text).text);
  const [first] = unreadable;
  if (first) return typedSentence(first, count);
  const other = parts.find((part): part is OtherPart => part.kind === 'other-block');
  return other === undefined || count === 0
    ? null
    : `The block ${other.label} isn't a certificate. Remove it.`;
}

function keyProblem(material: RecognisedMaterial): string | null {
  switch (material.form) {
    case 'empty':
      return null;
    case 'private-key':
      return material.encrypted
        ? "This private key has a passphrase, which the control plane can't enter. Decrypt it: openssl pkey -in FILE -out decrypted.pem"
        : null;
    case 'pem-certificates':
    case 'base64-pem':
      return 'This is a certificate. Enter its private key instead.';
    case 'der':
      return material.base64
        ? 'This is a base64-encoded key in binary format (DER). Paste it as PEM, with the BEGIN PRIVATE KEY and END PRIVATE KEY lines.'
        : 'This is in binary format (DER). Convert it to PEM: openssl pkey -inform der -in FILE -out key.pem';
    case 'binary':
      return 'This is a binary file. Enter PEM text, which begins with -----BEGIN PRIVATE KEY-----.';
    case 'kubeconfig':
      return 'This is a kubeconfig. Import it with "Use a kubeconfig".';
    case 'other':
      return material.label?.endsWith('PUBLIC KEY')
        ? 'This is a public key. Enter the private key instead.'
        : 'No private key found. Enter PEM text, which begins with -----BEGIN PRIVATE KEY-----.';
  }
}

function tokenProblem(text: string): string | null {
  const token = text.trim();
  if (token === '') return null;
  const { form } = recogniseMaterial(token);
  if (form === 'kubeconfig') return 'This is a kubeconfig. Import it with "Use a kubeconfig".';
  if (token.includes('-----BEGIN')) return 'This is PEM (a certificate or a key). Enter a token instead.';
  if (/^Bearer\s/i.test(token)) return 'Enter only the token, without "Bearer".';
  if (/\s/.test(token)) return 'A token is a single line without spaces.';
  return /^[\x21-\x7e]+$/.test(token)
    ? null
    : 'A token contains only letters without accents, digits and punctuation.';
}

/** Returns whether a text is nothing but certificates or base64 of them, which makes it public. */
export function isOnlyCertificates(text: string): boolean {
  const material = recogniseMaterial(text);
  if (material.form === 'pem-certificates') return material.pure;
  if (material.form !== 'base64-pem') return false;
  const inside = recogniseMaterial(material.pem);
  return inside.form === 'pem-certificates' && inside.pure;
}

/**
 * Returns whether material may be shown and stored: only certificates are public, and only in a certificate's slot.
 */
export function isPublicMaterial(purpose: CredentialPurpose, text: string): boolean {
  return isCertificatePurpose(purpose) && isOnlyCertificates(text);
}

/** From the first line of a private key to its last, or to the end if the last line is missing. */
const PRIVATE_KEY_BLOCK =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----\r?\n?|$)/g;

/** Returns a text without its private keys, or an empty text if they can't be separated, as in base64 of both. */
export function withoutPrivateKeys(text: string): string {
  const rest = text.replace(PRIVATE_KEY_BLOCK, '');
  const stillHasKey = rest === text || recogniseMaterial(rest).form === 'private-key';
  return stillHasKey ? '' : rest;
}
