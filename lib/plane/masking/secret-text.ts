import { decodeBase64Start, fromBase64 } from '@/lib/base64';
import { MASK } from './mask';

/**
 * The longest text of a resource that is searched and shown outside the resource's own YAML, in UTF-16 code units. Much
 * longer than anything that a row shows, so a secret that begins within the shown part also ends within this one.
 */
export const MAX_SEARCHED_LENGTH = 16_384;

const CERTIFICATE_BLOCKS =
  /^\s*(?:-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----\s*)+$/;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----/;
/** The start of a PEM block in base64, as in `client-key-data` of a kubeconfig. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/]*/g;
/** Holds any label of a private key. */
const ENCODED_LABEL_LENGTH = 80;
const URL_PASSWORD = /:\/\/[^/\s:@]*:[^/\s@]+@/;
/** A token in the place of a user name. Names of people and of tools, such as `git`, are shorter. */
const URL_USER_TOKEN = /:\/\/[^/\s:@?#]{16,}@/;
/** A parameter of a URL such as `?token=` or `&X-Amz-Signature=`. */
const URL_TOKEN =
  /[?&;#](?:sig|[\w.-]*(?:token|secret|password|passwd|signature|api[_-]?key|access[_-]?key|credential)s?)=[^&#;\s]/i;
/** An option or a setting in a command or an error: `--token=…`, `password=…`. */
const ASSIGNED =
  /(?:^|[\s"'({,])(?:--?[\w-]*token|[\w.-]*(?:password|passwd|passphrase|api[_-]?key|access[_-]?key))=[^\s&;,]/i;
/** A field of YAML within a text of several lines, such as a kubeconfig. */
const YAML_FIELD =
  /\n[ \t]+(?:- )?["']?(?:[\w.-]*(?:token|password|passphrase)|client-key-data)["']?:[ \t]+["']?[^\s"'#]/i;
const AUTHORIZATION = /\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+\S/i;
const BEARER = /\bbearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}/i;
/** Tokens of GitHub, GitLab, Slack, Vault and age, which begin with what they are. */
const KNOWN_TOKEN =
  /(?<!\w)(?:gh[pousr]_\w{20}|github_pat_\w{20}|glpat-[\w-]{16}|xox[abeoprs]-[\w-]{10}|hvs\.[\w-]{20}|AGE-SECRET-KEY-1\w{10})/;
/** What every match of the patterns contains. Most texts of a fleet have none of it, and are done after one search. */
const MAY_MATCH =
  /[=\n]|:\/\/|-----B|gh[pousr]_|github_pat_|glpat-|xox|hvs\.|AGE-|[Bb][Ee][Aa]|[Aa][Uu][Tt][Hh][Oo]/;
const PATTERNS = [
  PRIVATE_KEY,
  URL_PASSWORD,
  URL_USER_TOKEN,
  URL_TOKEN,
  ASSIGNED,
  YAML_FIELD,
  AUTHORIZATION,
  BEARER,
  KNOWN_TOKEN,
];
/** How often a text may be base64 of another one. */
const MAX_ENCODINGS = 2;
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
 * Returns whether a text contains a private key, a token, a password in a setting, or a URL with one of these; also if
 * the text is base64 of such a text. Takes time linear in its length: anyone who may write a resource chooses the text.
 */
export function looksSecret(text: string): boolean {
  return looksSecretWithin(text, MAX_ENCODINGS);
}

function looksSecretWithin(text: string, encodings: number): boolean {
  if (MAY_MATCH.test(text) && PATTERNS.some((pattern) => pattern.test(text))) return true;
  if (containsJsonWebToken(text) || containsEncodedKey(text)) return true;
  const decoded = encodings === 0 ? null : decodeBase64Start(text);
  return decoded !== null && looksSecretWithin(decoded, encodings - 1);
}

function containsEncodedKey(text: string): boolean {
  if (!text.includes('LS0tLS1')) return false;
  return [...text.matchAll(ENCODED_PEM)].some(([block]) =>
    PRIVATE_KEY.test(decodeBase64Start(block.slice(0, ENCODED_LABEL_LENGTH)) ?? ''),
  );
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
