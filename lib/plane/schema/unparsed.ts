import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';

/** Marks the text of a free-form field in a draft while that text isn't valid JSON or YAML. */
const UNPARSED = 'planeboard:unparsed';

/** Wraps a text that doesn't parse, so the draft keeps what was typed. */
export function unparsed(text: string): JsonObject {
  return { [UNPARSED]: text };
}

/** Returns whether a value wraps a text that doesn't parse. */
export function isUnparsed(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.hasOwn(value, UNPARSED);
}

/** Returns the text that didn't parse, or null for any other value. */
export function unparsedText(value: Json | undefined): string | null {
  const text = isUnparsed(value) ? value[UNPARSED] : null;
  return typeof text === 'string' ? text : null;
}
