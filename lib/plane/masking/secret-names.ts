import { visibleName } from './text-forms';

/**
 * How surely a name says that its value is a secret. `certain`: a password or a key. `likely`: a token, which errors
 * also describe (`token: expired`). `possible`: often the name of a Secret or a method (`secret=agent-7`, `auth=oidc`).
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** Says that the value only describes a secret: `passwordFile`, `token-expires-at`, `privateKey.algorithm`. */
const DESCRIPTION =
  '(?:refs?|names?|files?|path|dir|urls?|uri|endpoint|id|key|field|column|env|label|prompt|hint|type|kind|format|version|index|algorithm|size|length|len|count|limit|min|max|minimum|maximum|age|expir\\w+|ttl|lifetime|duration|date|days|hours|minutes|seconds|at|by|time|timestamp|since|until|last|policy|rules?|strategy|mode|method|grant|auth|authentication|login|usages?|issuer|audience|rotat\\w+|renew\\w*|reset\\w*|chang\\w+|updat\\w+|creat\\w+|generat\\w+|valid\\w*|requir\\w+|optional|enabled|disabled|protected|encrypt\\w+|state|status|reason|source|store|provider|manager|secret)';
/** The end of a secret's name, with its plural. */
const WORD_END = '(?:e?s)?(?![a-z])';
/** Whatever else belongs to a password's or a key's name: `DB_PASSWORD_PROD`, `password2`, `SECRET_KEY_BASE`. */
const ANY_END = `${WORD_END}(?!.*[^a-z]${DESCRIPTION}(?![a-z]))`;
/**
 * What may follow the name of a token or a Secret, and a short word: how it's written, a number, or which of several it
 * is. Their other settings are too many to list.
 */
const LISTED_END = `${WORD_END}(?:-?(?:data|value|text|plain|raw|pem|base64|hash|\\d{1,4}|prod|production|staging|stage|dev|test|primary|secondary|main|backup|old|new|current|previous|next))*$`;
/** What every name of a secret contains. Most names have none of it, and are done after one search. */
const MAY_NAME_SECRET = /pass|pw|psk|key|secret|token|pat|cred|auth/i;
/** Longer names are no person's. The limit keeps the search for a description short. */
const MAX_NAME = 256;
/** The words of names in lower case with hyphens, the surest first. */
const NAMES: readonly (readonly [Certainty, RegExp])[] = [
  ['certain', new RegExp(`(?:password|passwd|passphrase|passcode)${ANY_END}`)],
  ['certain', new RegExp(`(?:^|-)(?:db|user|admin|root|store|key)-?(?:pass|pwd|pw)${ANY_END}`)],
  ['certain', new RegExp(`(?:^|-)(?:pass|pwd|pw|psk)${LISTED_END}`)],
  [
    'certain',
    new RegExp(
      `(?:api|access|account|secret|private|client|signing|encryption|master|shared|unseal|recovery|license)-?key${ANY_END}`,
    ),
  ],
  [
    'certain',
    new RegExp(
      `(?:client|consumer|app|application|api|webhook|hook|jwt|shared|signing|session|cookie|hmac|otp|totp)-?secret${LISTED_END}`,
    ),
  ],
  [
    'certain',
    new RegExp(
      `(?:access|auth|session|refresh|bearer|identity|api|bot|login|security|(?:^|-)id)-?token${LISTED_END}`,
    ),
  ],
  ['likely', new RegExp(`(?:token|secret-?id|(?:^|-)pat)${LISTED_END}`)],
  ['possible', new RegExp(`(?:secret|credential|authorization|(?:^|-)(?:cred|auth))${LISTED_END}`)],
];

/**
 * Returns how surely a value of this name is a secret, or null. The name may be in any form: `adminPassword`,
 * `DB_PASS_2`, `vault.example/secret-id`, `password[admin]`, `API key`.
 */
export function secretCertainty(given: string): Certainty | null {
  const name = visibleName(given);
  if (!MAY_NAME_SECRET.test(name)) return null;
  const words = wordsOf(name.slice(-MAX_NAME));
  return NAMES.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/** Returns a name's words in lower case, with hyphens between them. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-');
}
