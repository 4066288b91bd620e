import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { type FieldPath, MASK } from '@/lib/plane/model/redact';

/** Where in a value a secret was masked. */
export function maskedPaths(value: Json | undefined, path: FieldPath = []): FieldPath[] {
  if (value === MASK) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => maskedPaths(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => maskedPaths(child, [...path, name]));
}
