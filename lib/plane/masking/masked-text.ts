import type { Json } from '@/lib/plane/json/json';
import { MASK } from './mask';
import { isOpaqueText, jsonIn } from './opaque-annotation';
import { redactObject } from './redact';
import { looksSecret } from './secret-text';

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
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, withoutOpaque(child)]));
}
