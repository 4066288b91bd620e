import { decodeBase64Start } from '@/lib/base64';

/** Shorter words rarely are base64 of a name and a secret. */
const LONG_WORD = /(?<![\w+/-])[\w+/-]{16,}/g;
/** A part of a word that may be base64 after another part: `/v1/config/eyJk`. Base64 of a text in ASCII has few of these. */
const SEPARATOR = /[/_-]/;
const MIN_PART = 16;
/** Base64 that is wrapped into lines. */
const WRAPPED = /(?<![\w+/-])[\w+/-]{40,}(?:\n[ \t]{0,64}[\w+/-]+)+/g;
/** Base64 of a text has capitals, unlike most names. */
const CAPITAL = /[A-Z]/;
/** The first bytes of gzip. */
const COMPRESSED = '\x1f\x8b\x08';
/** ASN.1 begins with a sequence, which base64 writes as `M`. */
const MAY_BE_KEY = /^M/;
/**
 * A private key as ASN.1, in hexadecimal: a sequence of a version and another sequence (PKCS #8, PKCS #12), a number
 * (PKCS #1) or bytes (SEC 1); or an encrypted one, by the object ids of PKCS #5 and PKCS #12. Certificates and public
 * keys begin otherwise.
 */
const PRIVATE_KEY =
  /^30(?:[0-7].|81..|82....)(?:0201(?:00|01|03)(?:30|02|04)|30(?:[0-7].|81..)06(?:09|0a)2a864886f70d01(?:05|0c))/;
/** As many bytes as that takes. */
const KEY_START_LENGTH = 20;

/** What the words of a text are base64 of: texts, one a line, and whether there is other data that may be secret. */
export interface EncodedParts {
  readonly text: string;
  /** Compressed data, or a private key. */
  readonly hasHiddenData: boolean;
}

/** Returns what the long words of a text are base64 of. Takes linear time. */
export function encodedParts(text: string): EncodedParts {
  const texts: string[] = [];
  for (const word of candidates(text)) {
    if (!CAPITAL.test(word)) continue;
    const bytes = decodeBase64Start(word.replaceAll('-', '+').replaceAll('_', '/'));
    if (bytes === null) continue;
    if (bytes.startsWith(COMPRESSED) || (MAY_BE_KEY.test(word) && PRIVATE_KEY.test(startInHex(bytes))))
      return { text: '', hasHiddenData: true };
    if (!isBinary(bytes)) texts.push(bytes);
  }
  return { text: texts.join('\n'), hasHiddenData: false };
}

function* candidates(text: string): Generator<string> {
  for (const [word] of text.matchAll(LONG_WORD)) {
    yield word;
    const parts = word.split(SEPARATOR);
    if (parts.length > 1) yield* parts.filter((part) => part.length >= MIN_PART);
  }
  for (const [lines] of text.matchAll(WRAPPED)) yield lines.replace(/\s+/g, '');
}

function startInHex(bytes: string): string {
  return Array.from(bytes.slice(0, KEY_START_LENGTH), (byte) =>
    byte.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('');
}

/** Returns whether bytes have control characters. Most words that aren't base64 of a text decode to some. */
function isBinary(bytes: string): boolean {
  for (let index = 0; index < bytes.length; index += 1) {
    const code = bytes.charCodeAt(index);
    if (code === 127 || (code < 32 && !(code >= 9 && code <= 13) && code !== 27)) return true;
  }
  return false;
}
