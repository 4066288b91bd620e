import type { JsonPath } from '@/lib/plane/json/json-path';
import { hasCommandSecret } from './command-secret';
import { isSecretOption, isSecretPair } from './pair-secret';
import { secretCertainty } from './secret-names';

/** The fields of a Secret's manifest that hold its values. */
const SECRET_CONTENT: ReadonlySet<string> = new Set(['data', 'stringData']);
/** The types of Secrets, which a manifest may state without the kind. */
const SECRET_TYPE = /^(?:Opaque$|kubernetes\.io\/|bootstrap\.kubernetes\.io\/|helm\.sh\/release)/;
const NAME_FIELD = /^(?:name|key|path|field|header|property|variable|param(?:eter)?)$/i;
const VALUE_FIELD = /^(?:val|values?|data|text|content|default(?:value)?)$/i;
const NOTHING: ReadonlySet<string> = new Set();

/**
 * Returns the fields of an object that hold secrets because of its other fields: the data of a Secret, the value of a
 * field that another one names, and the arguments of a command.
 *
 * @param isSecret the object is an item of a SecretList, which has no kind
 */
export function secretFields(
  object: Readonly<Record<string, unknown>>,
  isSecret: boolean,
): ReadonlySet<string> {
  const { kind, type, command, args } = object;
  if (isSecret || kind === 'Secret' || (typeof type === 'string' && SECRET_TYPE.test(type)))
    return SECRET_CONTENT;
  if (Array.isArray(command) && Array.isArray(args) && hasArgumentSecret([...command, ...args]))
    return new Set(['command', 'args']);
  const isNamed = Object.entries(object).some(
    ([name, value]) => NAME_FIELD.test(name) && typeof value === 'string' && secretCertainty(value) !== null,
  );
  return isNamed ? new Set(Object.keys(object).filter((name) => VALUE_FIELD.test(name))) : NOTHING;
}

/** Returns whether the texts of a list are a command line with a secret, or a pair of a name and a secret. */
export function isSecretList(list: readonly unknown[], path: JsonPath): boolean {
  const [name, value] = list;
  const isPair = list.length === 2 && typeof path.at(-1) === 'number';
  if (isPair && typeof name === 'string' && typeof value === 'string' && isSecretPair(name, value))
    return true;
  return hasArgumentSecret(list);
}

function hasArgumentSecret(list: readonly unknown[]): boolean {
  const words = list.filter((item) => typeof item === 'string');
  if (words.length < 2) return false;
  return (
    words.some((word, index) => isSecretOption(word, words[index + 1] ?? '')) ||
    hasCommandSecret(words.map((word) => word.replace(/\s+/g, ' ')).join(' '))
  );
}
