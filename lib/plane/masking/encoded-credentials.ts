import { fromBase64 } from '@/lib/base64';

/** The schemes of HTTP and SMTP that send a user and a password in base64. */
const SCHEME = /\b(?:basic|plain|login)\s{1,4}([A-Za-z\d+/]{8,512}={0,2})/gi;
const USER_PASSWORD = /^[\x20-\x7e]*:[\x20-\x7e]+$/;
/** SASL separates the parts with zero bytes: `\0user\0password`. */
const SASL_SEPARATOR = '\0';

/** Returns whether a text has a user and a password in base64, after the scheme that sends them. */
export function hasEncodedCredentials(text: string): boolean {
  for (const [, word = ''] of text.matchAll(SCHEME)) {
    const decoded = fromBase64(word) ?? '';
    if (USER_PASSWORD.test(decoded) || decoded.split(SASL_SEPARATOR).length === 3) return true;
  }
  return false;
}
