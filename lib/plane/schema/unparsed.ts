import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';

/** Stands in a draft for the text of a free-form field while that is no JSON or YAML yet. */
const UNPARSED = 'planeboard:unparsed';

/** The value to keep in the draft for a text that does not parse, so that nothing typed is lost. */
export function unparsed(text: string): JsonObject {
  return { [UNPARSED]: text };
}

/** Whether a value stands for a text that does not parse. */
export function isUnparsed(value: Json | undefined): value is JsonObject {
  return isJsonObject(value) && Object.hasOwn(value, UNPARSED);
}

/** The text that did not parse; null for any other value. */
export function unparsedText(value: Json | undefined): string | null {
  const text = isUnparsed(value) ? value[UNPARSED] : null;
  return typeof text === 'string' ? text : null;
}
