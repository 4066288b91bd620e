import { fromBase64 } from '@/lib/base64';

/** What is given in place of a value: that there is none, or what is wrong with it. */
const STATE =
  /^(?:null|nil|undefined|true|false|yes|no|on|off|ok|n\/a|none|not|missing|required|optional|empty|unset|invalid|expired|unknown|unauthori[sz]ed|forbidden|denied|rejected|refused|revoked|rotated|changed|renewed|disabled|enabled|hidden|redacted|masked|failed|failure|error|eof|timeout|unavailable|unsupported|wrong|bad|malformed|incorrect|mismatch|must|can't|cannot|see|ask|use|absent|present|deleted|created|updated|found|valid)$/i;
/** The same as a reason of Kubernetes or OAuth. Each in full: a password may begin like one. */
const REASON =
  /^(?:not-?(?:found|ready|set|valid)|invalid[_-]?(?:grant|client|request|scope|token|credentials|signature)|unauthorized_client|unsupported_(?:grant|response|token)_type|(?:missing|expired|invalid|unknown)-?(?:key|secret|token|password|credentials)|(?:secret|key|token|credentials|parameter|resource|provider|store)-?(?:not-?(?:found|ready)|missing|expired|deleted|denied|sync(?:ed)?error|error))$/i;
const PATH = /^[~.]{0,2}\/[A-Z]?[a-z][a-z\d._-]{0,64}(?:\/|$)/;
const URL_OR_DAY = /^(?:[a-z][a-z\d+-]{1,16}:\/\/|\d{4}-\d\d-\d\d)/;
/** A name of a cloud provider for a key, or of the key that signs tokens. */
const KEY_NAME = /^(?:arn:[a-z-]{3,16}:|kid-[\w-]{1,64}$)/;
/** Such as `sha256`, `OAuth2`, `TLSv1.3`, `base64-encoded`, `v1beta1`. */
const FORMAT =
  /^(?:(?:oauth|saml|http|tls|ssl|sha|md|aes-?|rsa-?|ed|base|pkcs|x|utf-?|argon)v?[\d.]*\d(?:-[a-z]+)?|sts|v\d[\d.]*(?:(?:alpha|beta|-rc\.?)\d*)?)$/i;
/** `$NAME`, `${NAME}` or `***`. */
const PLACEHOLDER = /^(?:\$\{?[A-Z_][A-Z\d_]*\}?|\*+|\.{3}|…)$/;

/** That a setting has no value, or is a switch. */
const NO_VALUE = /^(?:null|nil|none|undefined|true|false)?$/i;

/**
 * Returns whether a word after the name of a secret in a text isn't the secret: a state, a file's path, a URL, a day, a
 * key's name, a format or a placeholder.
 */
export function isPlainWord(word: string): boolean {
  const value = withoutEnd(word);
  return (
    isPlainValue(word) ||
    [STATE, REASON, PATH, URL_OR_DAY, KEY_NAME, FORMAT].some((pattern) => pattern.test(value))
  );
}

/**
 * Returns whether the value of a setting with the name of a secret isn't the secret: there is none, or a placeholder.
 * Anything else may be, also a word that states something elsewhere.
 */
export function isPlainValue(word: string): boolean {
  const value = withoutEnd(word);
  return NO_VALUE.test(value) || PLACEHOLDER.test(value);
}

function withoutEnd(word: string): string {
  return word.replace(/[:.,)]+$/, '');
}

/**
 * Returns whether a word can't be a name of Kubernetes or an ordinary word: a digit and a capital, a UUID, hexadecimal,
 * many digits between letters, or `user:password` in base64.
 */
export function looksRandom(word: string): boolean {
  return (
    /^(?=.*\d)(?=.*[A-Z]).{8}/.test(word) ||
    /^(?:[\da-f]{8}-[\da-f]{4}-|[\da-f]{32})/.test(word) ||
    /^(?=(?:\d*[a-z]+\d+){3})[a-z\d]{16}/.test(word) ||
    /^[\x21-\x7e]*:[\x20-\x7e]+$/.test(fromBase64(word) ?? '')
  );
}
