import { parseDocument, stringify } from 'yaml';
import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { jsonSchema } from '@/lib/plane/json/json-schema';
import { unparsed, unparsedText } from '@/lib/plane/schema/unparsed';

/** Aliases are of no use in a few lines, and a way to make them huge. */
const MAX_ALIASES = 20;
/** It is parsed at every keystroke, and a plane with more in one field could hardly be written. */
const MAX_CHARS = 128 * 1024;

/**
 * The value that a text in YAML or JSON means: undefined for an empty one, and a marker that keeps the text while it
 * does not parse, or is nothing that JSON can carry.
 */
export function freeFormValue(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  if (text.length > MAX_CHARS) return unparsed(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return unparsed(text);
  try {
    const parsed = jsonSchema.safeParse(document.toJS({ maxAliasCount: MAX_ALIASES }));
    // A text that looks like the marker must not become it.
    return parsed.success && unparsedText(parsed.data) === null ? parsed.data : unparsed(text);
  } catch {
    return unparsed(text);
  }
}

/** The text of a value to begin editing with. */
export function freeFormText(value: Json | undefined): string {
  if (value === undefined) return '';
  const typed = unparsedText(value);
  if (typed !== null) return typed;
  return isJsonObject(value) || Array.isArray(value) ? stringify(value).trimEnd() : JSON.stringify(value);
}
