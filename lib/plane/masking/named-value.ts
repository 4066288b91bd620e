import { secretCertainty } from './secret-names';

/** A field with the value of what another field of the same object names. */
const VALUE_FIELD = /(?:^| )(?:val|values?)$/i;
/** A field with the name: of a variable, a header, or a field in a patch. */
const NAME_FIELD =
  /(?<![\w-])(?:name|key|path|field|header|property|variable|param(?:eter)?)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([\w./~-]{1,128})/gi;
const OTHER_OBJECT_BEFORE = /^[\s\S]*(?:[{}]|\n[ \t]{0,64}(?=- ))/;
const OTHER_OBJECT_AFTER = /[{}]|\n[ \t]{0,64}- /;
/** How far the two fields are apart at most. */
const MAX_DISTANCE = 192;

/** Returns whether the words before a separator are a field for the value of something that another field names. */
export function isValueField(words: string): boolean {
  return VALUE_FIELD.test(words);
}

/**
 * Returns the name that belongs to a value, which is before or after it in the same object of JSON or YAML:
 * `- name: DB_PASSWORD\n  value: hunter`, `{"value":"hunter","path":"/spec/password"}`. Prefers the name of a secret.
 *
 * @param separator the separator between the field and its value
 */
export function namedBeside(text: string, { index, 0: separator }: RegExpExecArray): string {
  const before = text.slice(Math.max(0, index - MAX_DISTANCE), index).replace(OTHER_OBJECT_BEFORE, '');
  const after = text.slice(index + separator.length, index + MAX_DISTANCE).split(OTHER_OBJECT_AFTER, 1)[0];
  const names = [...`${before}\n${after}`.matchAll(NAME_FIELD)].map(([, name = '']) => name);
  return names.find((name) => secretCertainty(name) !== null) ?? '';
}
