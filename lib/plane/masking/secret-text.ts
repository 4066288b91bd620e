import { decodeBase64Start, fromBase64 } from '@/lib/base64';
import { MASK } from './mask';

/**
 * The longest text of a resource that is searched and shown outside the resource's own YAML, in UTF-16 code units. Much
 * longer than anything that a row shows, so a secret that begins within the shown part also ends within this one.
 */
export const MAX_SEARCHED_LENGTH = 16_384;

const CERTIFICATE_BLOCKS =
  /^\s*(?:-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----\s*)+$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const URL_PASSWORD = /:\/\/[^/\s:@]*:[^/\s@]+@/;
/** A parameter of a URL such as `?token=` or `&X-Amz-Signature=`. */
const URL_TOKEN =
  /[?&;#](?:sig|[\w.-]*(?:token|secret|password|passwd|signature|api[_-]?key|access[_-]?key|credential)s?)=[^&#;\s]/i;
const NOT_IN_TOKEN = /[^A-Za-z0-9_.-]+/;
const MIN_TOKEN_PART = 8;

/**
 * Masks a text written by a controller or a person as a whole if it contains a secret. Cuts it at
 * `MAX_SEARCHED_LENGTH`, so nothing is returned that wasn't searched.
 */
export function withoutSecret(text: string): string {
  const searched = text.slice(0, MAX_SEARCHED_LENGTH);
  return looksSecret(searched) ? MASK : searched;
}

/**
 * Returns whether a text contains a private key, a JSON Web Token, or a URL with a password or token. Takes time linear
 * in its length: anyone who may write a resource chooses the text.
 */
export function looksSecret(text: string): boolean {
  if (PRIVATE_KEY.test(text) || URL_PASSWORD.test(text) || URL_TOKEN.test(text)) return true;
  return containsJsonWebToken(text) || PRIVATE_KEY.test(decodeBase64Start(text) ?? '');
}

/** Returns whether a text is nothing but public certificates, as PEM or as base64 of PEM. */
export function isPublicCertificate(text: string): boolean {
  return CERTIFICATE_BLOCKS.test(text) || CERTIFICATE_BLOCKS.test(fromBase64(text) ?? '');
}

/** Splits the text instead of matching it: a pattern would start again at each `eyJ` of a long header. */
function containsJsonWebToken(text: string): boolean {
  if (!text.includes('eyJ')) return false;
  return text.split(NOT_IN_TOKEN).some((word) => {
    const parts = word.split('.');
    return parts.some((part, index) => {
      const at = part.indexOf('eyJ');
      const payload = parts[index + 1] ?? '';
      const hasSignature = index + 2 < parts.length;
      return (
        at >= 0 &&
        part.length - at - 'eyJ'.length >= MIN_TOKEN_PART &&
        payload.length >= MIN_TOKEN_PART &&
        hasSignature
      );
    });
  });
}
