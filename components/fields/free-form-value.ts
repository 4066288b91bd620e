import { type Document, isScalar, parseDocument, visit } from 'yaml';
import { exactJson, withExactIntegers } from '@/lib/plane/json/exact-json';
import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { jsonSchema } from '@/lib/plane/json/json-schema';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { unparsed, unparsedText } from '@/lib/plane/schema/unparsed';
import { haveSameName } from './yaml-names';

/** A few lines need no aliases, and nested aliases can expand to a huge value. */
const MAX_ALIASES = 20;
/** The text is parsed at every keystroke, and the API server would hardly accept a plane with a larger field. */
const MAX_CHARS = 128 * 1024;

/**
 * Parses YAML or JSON. Returns undefined for an empty text, and a marker that keeps the text if it doesn't parse or
 * has a value that JSON can't express.
 */
export function freeFormValue(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  if (text.length > MAX_CHARS) return unparsed(text);
  const document = parseDocument(text, {
    prettyErrors: false,
    logLevel: 'silent',
    intAsBigInt: true,
    uniqueKeys: haveSameName,
    // Even after `%YAML 1.1`, whose dates JSON doesn't have.
    schema: 'core',
    // Otherwise, `!!binary` becomes an object of bytes, and `!!set` an empty one.
    resolveKnownTags: false,
  });
  if ([...document.errors, ...document.warnings].length > 0 || hasOddName(document)) return unparsed(text);
  try {
    const parsed = jsonSchema.safeParse(withExactIntegers(document.toJS({ maxAliasCount: MAX_ALIASES })));
    // A text that looks like the marker must not become a marker.
    return parsed.success && unparsedText(parsed.data) === null ? parsed.data : unparsed(text);
  } catch {
    return unparsed(text);
  }
}

/** Whether a name would be lost or become another one: `null:`, `? [a, b]`, `__proto__:`. */
function hasOddName(document: Document): boolean {
  let isOdd = false;
  visit(document, {
    Pair: (_, { key }) => {
      const name = isScalar(key) ? key.value : null;
      if (name !== null && typeof name !== 'object' && name !== '__proto__') return undefined;
      isOdd = true;
      return visit.BREAK;
    },
  });
  return isOdd;
}

/** The initial text for editing a value. */
export function freeFormText(value: Json | undefined): string {
  if (value === undefined) return '';
  const typed = unparsedText(value);
  if (typed !== null) return typed;
  return isJsonObject(value) || Array.isArray(value) ? yamlText(value).trimEnd() : exactJson(value);
}
