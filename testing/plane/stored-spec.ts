import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { jsonSchema } from '@/lib/plane/json/json-schema';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';

/** Returns a spec as the API server stores it: with the schema's defaults added. */
export function withDefaults(node: SchemaNode, value: JsonObject): JsonObject {
  const stored: JsonObject = { ...value };
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const given = stored[name] ?? (child.default === undefined ? undefined : jsonSchema.parse(child.default));
    if (given !== undefined) stored[name] = withDefaultsWithin(child, given);
  }
  return stored;
}

function withDefaultsWithin(node: SchemaNode, value: Json): Json {
  if (Array.isArray(value))
    return value.map((item) => (node.items ? withDefaultsWithin(node.items, item) : item));
  return isJsonObject(value) ? withDefaults(node, value) : value;
}

/** Prepares a spec for comparison: PEM texts, plain or base64, become trimmed PEM. */
export function comparable(value: Json): Json {
  if (isJsonObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, comparable(child)]));
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'string') return value;
  const decoded = value.startsWith('LS0tLS1') ? Buffer.from(value, 'base64').toString() : value;
  return decoded.startsWith('-----BEGIN') ? decoded.trim() : value;
}
