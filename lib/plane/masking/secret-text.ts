import { decodeBase64Start, fromBase64 } from '@/lib/base64';
import { hasCommandSecret } from './command-secret';
import { hasEncodedCredentials } from './encoded-credentials';
import { encodedParts } from './encoded-parts';
import { hasSecretManifest } from './manifest-secret';
import { MASK } from './mask';
import { hasPairSecret } from './pair-secret';
import { statesSecret } from './stated-secret';
import { plainForm, unescapedForm } from './text-forms';
import { hasXmlSecret } from './xml-secret';

/**
 * The longest text of a resource that is searched and shown outside the resource's own YAML, in UTF-16 code units. Much
 * longer than anything that a row shows, so a secret that begins within the shown part also ends within this one.
 */
export const MAX_SEARCHED_LENGTH = 16_384;

const CERTIFICATE_BLOCKS =
  /^\s*(?:-----BEGIN (?:TRUSTED )?CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END (?:TRUSTED )?CERTIFICATE-----\s*)+$/;
const PRIVATE_KEY =
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?!["'`])|---- BEGIN [A-Z0-9 ]*PRIVATE KEY ----|PuTTY-User-Key-File-/;
/** The start of a PEM block in base64, as in `client-key-data` of a kubeconfig. */
const ENCODED_PEM = /LS0tLS1CRUdJTi[A-Za-z0-9+/]*/g;
/** Holds any label of a private key. */
const ENCODED_LABEL_LENGTH = 80;
/**
 * A password may have characters that a URL must escape, such as a slash or a blank. What begins like a port is one, unless
 * a host with a port follows.
 */
const URL_PASSWORD =
  /:\/\/(?!\[)[^/\s:@]{0,128}:(?:[^/\s@]{1,512}@(?!sha\d{3}:)|(?!\d{1,5}(?:[/\s?#"'),;:]|$)|[\s/])[^@\n"']{1,128}@(?!sha\d{3}:)[a-z\d]|\d{1,5}\/[^\s@"']{0,128}@[\w.-]{1,255}:\d{2,5}\b)/i;
/** How Go quotes the start of a password that it took for a port. */
const URL_PORT = /invalid port ":[^"\n]{0,128}[^\d"\n]/;
/**
 * Connection strings without a scheme, of Go's MySQL driver (`root:pw@tcp(db:3306)`), of others (`app:pw@db:5432`) and of
 * Oracle (`scott/pw@db:1521`, `oracle:thin:scott/pw@`). They begin with the `@` and look back. What stands before a digest
 * is an image.
 */
const CONNECTION_PASSWORD =
  /@(?!sha\d{3}:)(?:(?<=(?<![\w.:/@-])[\w.-]{1,64}:[^\s/]{1,128}@)[a-z]{2,16}\(|(?<=(?<!\b(?:contact|ask|mail|notify) )(?<![\w.:/@-])[\w.-]{1,64}:[^\s:@/]{1,128}@)[a-z\d][\w.-]{0,255}(?::\d{2,5}\b|\/)|(?<=(?<![\w.:/@-])[\w.-]{1,64}\/[^\s/@]{1,64}@)[a-z\d][\w.-]{0,255}:152\d\b|(?<=\boracle:\w{3,4}:[^\s/@]{1,64}\/[^\s/@]{1,64}@))/i;
/** Setting the password of a user in SQL. */
const SQL_PASSWORD =
  /\b(?:(?:create|alter)\s{1,8}(?:user|role|login|group)\s[^;]{1,200}?|grant\s[^;]{1,200}?\bto\s{1,8}\S{1,128}\s{1,8})\b(?:password\s{1,8}["']|identified\b[^;]{0,64}?\bby\s{1,8}(?:(?:values|password)\s{1,8})?["']?)[^\s"'<$]|\bset\s{1,8}password\s{1,8}(?:for\s{1,8}[^\s=]{1,128}\s{0,8})?(?:=|to\s)\s{0,8}(?:\w{0,16}\()?["'][^\s"'<$]/i;
/**
 * A token in the place of a user name. Names of people and of tools, such as `git` and `deployment-automation`, are
 * shorter or in lower case. What stands before a digest is a registry.
 */
const URL_USER_TOKEN = /:\/\/(?=[^/\s:@?#]{0,128}[\dA-Z])[^/\s:@?#]{16,}@(?!sha\d{3}:)/;
/** The signature of a URL that gives access. Parameters named like a password or a token are settings. */
const URL_SIGNATURE = /[?&;#](?:sig|[\w.-]{0,64}signature)=[^&#;\s]/i;
/** A parameter with a short name, which is also that of other things, such as the code `InvalidRequest12345`. */
const SHORT_URL_TOKEN =
  /[?&;#](?:jwt=[^&#;\s]|(?:key|auth|code)=(?!(?:[A-Z][a-z]{2,32}){2,8}\d{0,6}(?![\w.-]))(?=[^&#;\s]{0,64}\d)[^&#;\s]{16})/i;
/** A line of `.netrc`. */
const NETRC = /\blogin\s{1,8}\S{1,128}\s{1,8}password\s{1,8}\S/;
/** The two keys of AWS together. */
const AWS_KEYS = /\bA[KS]IA[A-Z\d]{16}["']?[\s:;,/|]{1,4}["']?[\w+/]{40}/;
/** Between the name of a header and its value, also as Go prints it: `Cookie:[`, `"Cookie":[]string{"`. */
const HEADER_SEPARATOR = String.raw`["'\])]{0,4}\s{0,8}[:=]\s{0,8}(?:\[\]string\{)?["'[({]{0,4}`;
const COOKIE = new RegExp(
  String.raw`\bcookie${HEADER_SEPARATOR}(?!(?:samesite|path|domain|expires|max-age|priority)=)[\w.-]{1,64}=[^\s;]`,
  'i',
);
/** The header with any scheme. Basic, Bearer and Digest are also words of a sentence. */
const AUTHORIZATION = new RegExp(
  String.raw`\bauthorization${HEADER_SEPARATOR}(?:(?:basic|bearer|token|digest)\s{1,8}(?!(?:auth|authentication|authorization|token|tokens|scheme|header|is|was|not|required|missing|expired)\b)|(?:apikey|negotiate|ntlm|hawk|oauth|dpop|splunk|sharedkey(?:lite)?|aws4-hmac-sha256|hmac[\w-]{0,16})\s{1,8})\S`,
  'i',
);
const BEARER = /\bbearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}/i;
/** A bootstrap token of Kubernetes. */
const BOOTSTRAP_TOKEN = /\btoken["']?[\s:=]{1,4}["']?[a-z\d]{6}\.[a-z\d]{16}\b/i;
/** Tokens of well-known services, which begin with what they are. */
const KNOWN_TOKEN =
  /(?<!\w)(?:gh[pousr]_\w{20}|github_pat_\w{20}|gl(?:pat|rt|dt|ft|soat|cbt|ptt|agent)-[\w-]{16}|xox[abeoprs]-[\w-]{10}|hv[bs]\.[\w-]{20}|AGE-SECRET-KEY-1\w{10}|npm_\w{20}|dckr_[op]at_[\w-]{20}|[sr]k_(?:live|test)_\w{16}|sk-(?:[a-z]{2,10}-[\w-]{20}|\w{32})|SG\.[\w-]{16,64}\.[\w-]{16}|pypi-AgE\w{10}|do[opr]_v1_\w{20}|ya29\.[\w-]{20}|xapp-\d-\w{8}|hf_[A-Za-z]{30}|bot\d{6,12}:[\w-]{30}|K10[\da-f]{40,64}::|glsa_\w{30}|shp(?:at|ca|pa|ss)_\w{20}|ATATT3[\w-]{20}|AIza[\w-]{30}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w|(?:discord|discordapp)\.com\/api\/webhooks\/\d+\/\w|webhook\.office\.com\/webhookb2\/\w|\$2[aby]\$\d\d\$[\w./]{20})/;
/** What every match of the patterns, setting and command contains. Most texts of a fleet have none of it, and are done after one search. */
const MAY_MATCH =
  /[=\n%@"'{[<]|:\/\/|[Dd](?:entified|ENTIFIED)|---|PuTTY|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|xapp-|hv[bs]\.|SG\.|pypi-|do[opr]_v1|ya29\.|hf_|glsa_|shp[a-z]{2}_|ATATT3|\/webhook|[KS]IA|bot\d|K10|mysql|AGE-|npm_|dckr_|[sr]k[_-]|AIza|hooks\.slack|\$2|\s-|invalid port|[Bb][Aa][Ss][Ii][Cc]|[Pp][Ll][Aa][Ii][Nn]|[Ll][Oo][Gg][Ii][Nn]|vault|_user|sqlplus|[Pp](?:[Aa][SsTt]|[Ww]|[Ss][Kk])|[Tt][Oo][Kk][Ee]|[Kk][Ee][Yy]|[Ss][Ee][Cc][Rr]|[Cc](?:[Oo][Oo][Kk]|[Rr][Ee][Dd])|[Bb][Ee][Aa]|[Aa][Uu][Tt][Hh]/;
const PATTERNS = [
  PRIVATE_KEY,
  URL_PASSWORD,
  URL_PORT,
  URL_USER_TOKEN,
  CONNECTION_PASSWORD,
  SQL_PASSWORD,
  URL_SIGNATURE,
  SHORT_URL_TOKEN,
  NETRC,
  AWS_KEYS,
  COOKIE,
  AUTHORIZATION,
  BEARER,
  BOOTSTRAP_TOKEN,
  KNOWN_TOKEN,
];
const SEARCHES = [
  statesSecret,
  hasPairSecret,
  hasSecretManifest,
  hasEncodedCredentials,
  hasXmlSecret,
  hasCommandSecret,
];
/** How often a text may be base64 of another one. */
const MAX_ENCODINGS = 2;
const NOT_IN_TOKEN = /[^A-Za-z0-9_.-]+/;
const MIN_TOKEN_PART = 8;
/** A word of this length at the end of a cut text may be the header of a token whose other parts were cut off. */
const MIN_CUT_HEADER = 512;

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
 * the text or a word of it is base64 of such a text, or if the text has it in escapes. Takes time linear in its length:
 * anyone who may write a resource chooses the text.
 */
export function looksSecret(text: string): boolean {
  return looksSecretWithin(text, MAX_ENCODINGS);
}

function looksSecretWithin(text: string, encodings: number): boolean {
  const plain = plainForm(text);
  if (statesSecretPlainly(plain)) return true;
  if (encodings === 0) return false;
  const { text: parts, hasHiddenData } = encodedParts(plain);
  if (hasHiddenData) return true;
  return [decodeBase64Start(plain), parts, unescapedForm(plain)].some(
    (decoded) => decoded && looksSecretWithin(decoded, encodings - 1),
  );
}

/** Returns whether a text contains a secret as it is, not encoded. */
function statesSecretPlainly(text: string): boolean {
  if (MAY_MATCH.test(text)) {
    if (PATTERNS.some((pattern) => pattern.test(text))) return true;
    if (SEARCHES.some((search) => search(text))) return true;
  }
  return containsJsonWebToken(text) || containsEncodedKey(text);
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
  return text.split(NOT_IN_TOKEN).some((word, position, words) => {
    const parts = word.split('.');
    const isCut = position === words.length - 1 && parts.length <= 2 && word.length >= MIN_CUT_HEADER;
    return parts.some((part, index) => {
      const at = part.indexOf('eyJ');
      const payload = parts[index + 1] ?? '';
      // An encrypted one has five parts, of which the second may be empty.
      const isEncrypted = payload === '' && index + 4 < parts.length;
      const hasSignature = index + 2 < parts.length;
      return (
        at >= 0 &&
        part.length - at - 'eyJ'.length >= MIN_TOKEN_PART &&
        (isCut || isEncrypted || (payload.length >= MIN_TOKEN_PART && hasSignature))
      );
    });
  });
}
