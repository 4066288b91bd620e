import { isPassword } from './command-rules';
import { isPlainValue, isPlainWord, looksRandom } from './plain-value';
import { secretCertainty } from './secret-names';

/** A list of a name and a value, in a list or as a tuple of Python: `[["password","hunter"]]`, `('password', 'hunter')`. */
const PAIR =
  /(?:\(|[[(,]\s{0,8}\[)\s{0,8}["']([\w .-]{1,64})["']\s{0,8},\s{0,8}[bru]{0,2}["']([^"'\n]{1,128})/g;

/** An option and its value as two items of a list of JSON, Python or YAML. */
const OPTION =
  /(?<![\w-])(--?[A-Za-z][\w-]{2,64})(?:["']\s{0,8},\s{0,8}["']|["']?\n[ \t]{0,64}-[ \t]{1,8}["']?)([^\s"',[\]{}]{1,128})/g;

/** Returns whether a text has a list with the name of a secret and its value. */
export function hasPairSecret(text: string): boolean {
  for (const [, name = '', value = ''] of text.matchAll(PAIR)) if (isSecretPair(name, value)) return true;
  for (const [, name = '', value = ''] of text.matchAll(OPTION)) if (isSecretOption(name, value)) return true;
  return false;
}

/** Returns whether the first of two texts is the name of a secret, and the second the secret. */
export function isSecretPair(name: string, value: string): boolean {
  const certainty = secretCertainty(name);
  if (certainty === null || isPlainValue(value)) return false;
  return certainty === 'possible' ? looksRandom(value) : !isPlainWord(value);
}

/** Returns whether an argument of a command is an option for a secret, and the next one the secret. */
export function isSecretOption(option: string, value: string): boolean {
  if (!option.startsWith('-') || !isPassword(value)) return false;
  const certainty = secretCertainty(option);
  return certainty !== null && (certainty !== 'possible' || looksRandom(value));
}
