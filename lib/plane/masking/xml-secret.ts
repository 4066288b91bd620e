import { isPlainValue, looksRandom } from './plain-value';
import { secretCertainty } from './secret-names';

/**
 * An element's start, and the text in it if the element ends after it, or a word if the whole text does. Each search ends
 * at the next `<`.
 */
const ELEMENT =
  /<(?:[\w-]{1,32}:)?(?<tag>[\w.-]{1,64})(?<attributes>[^<>]{0,512})>(?:(?<text>[^<>]{1,512})<\/|(?<cut>[^\s<>"']{1,128})\s{0,8}$)?/g;
const ATTRIBUTE = /(?<![\w:.-])(?<name>[\w:.-]{1,32})\s{0,4}=\s{0,4}\\?["'](?<value>[^"'\\]{0,128})/g;
/** The attributes that name what the element sets. */
const NAME_ATTRIBUTE = /^(?:key|name|property)$/i;

/**
 * Returns whether a text has an element of XML with a secret, named by the element or by an attribute:
 * `<password type="plain">hunter</password>`, `<add key="password" value="hunter"/>`. Takes linear time.
 */
export function hasXmlSecret(text: string): boolean {
  for (const { groups = {} } of text.matchAll(ELEMENT)) if (setsSecret(groups)) return true;
  return false;
}

function setsSecret({
  tag = '',
  attributes = '',
  text = '',
  cut = '',
}: Record<string, string | undefined>): boolean {
  const names = [tag];
  const values = [text, cut];
  for (const { groups = {} } of attributes.matchAll(ATTRIBUTE)) {
    const { name = '', value = '' } = groups;
    if (NAME_ATTRIBUTE.test(name)) names.push(value);
    else if (/^value$/i.test(name)) values.push(value);
  }
  const certainties = names.map(secretCertainty);
  return values.some((value) => {
    const word = value.trim();
    if (isPlainValue(word)) return false;
    return certainties.some(
      (certainty) => certainty !== null && (certainty !== 'possible' || looksRandom(word)),
    );
  });
}
