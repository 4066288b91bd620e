import type { Json } from '@/lib/plane/json/json';
import { MASK } from './mask';
import { isOpaqueText, jsonIn } from './opaque-annotation';
import { redactObject } from './redact';
import { looksSecret } from './secret-text';

/** A key of any kind, unless another field says that it's the name of something. */
const KEY = /^keys?$/i;
const BESIDE_KEY_NAME = /^(?:name|val|values?|operator)$/i;

/**
 * Returns a text that was hidden, with every secret masked: JSON by the names of its fields, any other text as a whole.
 * Data that is encoded once more is masked too, and so is JSON that can't be parsed.
 */
export function maskedText(text: string): string {
  const json = jsonIn(text);
  if (json === undefined) return looksSecret(text) || isOpaqueText(text) ? MASK : text;
  const { object } = redactObject({ spec: json });
  return JSON.stringify(withoutOpaque(object.spec as Json), null, 2);
}

function withoutOpaque(value: Json): Json {
  if (typeof value === 'string') return isOpaqueText(value) ? MASK : value;
  if (Array.isArray(value)) return value.map(withoutOpaque);
  if (typeof value !== 'object' || value === null) return value;
  const hasKey = !Object.keys(value).some((name) => BESIDE_KEY_NAME.test(name));
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [
      name,
      hasKey && KEY.test(name) ? withoutTexts(child) : withoutOpaque(child),
    ]),
  );
}

function withoutTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutTexts);
  return typeof value === 'string' ? MASK : withoutOpaque(value);
}
