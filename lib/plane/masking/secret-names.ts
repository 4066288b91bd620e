/**
 * How surely a name says that its value is a secret. `certain`: a password or a key. `likely`: a token, which errors
 * also describe (`token: expired`). `possible`: often the name of a Secret or a method (`secret=agent-7`, `auth=oidc`).
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** What may follow a name: the plural, and how the secret is written. */
const END = '(?:e?s)?(?:-?(?:data|value|text|pem|base64|hash))?$';
/** The ends of names in lower case with hyphens, the surest first. */
const NAMES: readonly (readonly [Certainty, RegExp])[] = [
  ['certain', new RegExp(`(?:password|passwd|passphrase|passcode)${END}`)],
  ['certain', new RegExp(`(?:^|-)(?:db|user|admin|root|store|key)?(?:pass|pwd|pw)${END}`)],
  [
    'certain',
    new RegExp(
      `(?:api|access|account|secret|private|client|signing|encryption|master|shared|unseal|recovery)-?key${END}`,
    ),
  ],
  ['certain', new RegExp(`client-?secret${END}`)],
  [
    'certain',
    new RegExp(
      `(?:access|auth|session|refresh|bearer|identity|api|bot|login|security|(?:^|-)id)-?token${END}`,
    ),
  ],
  ['likely', new RegExp(`(?:token|secret-?id|(?:^|-)pat)${END}`)],
  ['possible', new RegExp(`(?:secret|credential|authorization|(?:^|-)(?:cred|auth))${END}`)],
];

/**
 * Returns how surely a value of this name is a secret, or null. The name may be in any form: `adminPassword`,
 * `DB_PASS`, `vault.example/secret-id`, `API key`.
 */
export function secretCertainty(name: string): Certainty | null {
  const words = wordsOf(name);
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
