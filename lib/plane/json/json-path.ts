import { isJsonObject, type Json, type JsonObject } from './json';

/** The path to a value within a JSON document: property names and indexes. */
export type JsonPath = readonly (string | number)[];

/** Returns the value at a path within a spec, or undefined. Only own properties count. */
export function valueAt(spec: JsonObject, path: JsonPath): Json | undefined {
  let value: Json | undefined = spec;
  for (const segment of path) value = childValue(value, segment);
  return value;
}

/** Returns the value of one property or item, or undefined. */
function childValue(value: Json | undefined, segment: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(segment)];
  return isJsonObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}

/**
 * Returns a copy of a spec with a value at a path; undefined removes the property or item. Creates missing parents: a
 * list where the next segment is a number, otherwise an object.
 */
export function withValueAt(spec: JsonObject, path: JsonPath, value: Json | undefined): JsonObject {
  const changed = changedAt(spec, path, value);
  return isJsonObject(changed) ? changed : {};
}

function changedAt(parent: Json | undefined, path: JsonPath, value: Json | undefined): Json | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  if (value === undefined && childValue(parent, segment) === undefined) return parent;
  const child = changedAt(childValue(parent, segment), rest, value);
  if (typeof segment === 'number') {
    const items = Array.isArray(parent) ? parent : [];
    return child === undefined
      ? items.filter((_, index) => index !== segment)
      : [...items.slice(0, segment), child, ...items.slice(segment + 1)];
  }
  const fields = isJsonObject(parent) ? parent : {};
  if (child !== undefined) return { ...fields, [segment]: child };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== segment));
}

/** Returns whether two paths are equal; an index may be a number or its text. */
export function samePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && startsWith(a, b);
}

/** Returns whether a path equals a parent path or lies below it. */
export function startsWith(path: JsonPath, parent: JsonPath): boolean {
  return parent.every((segment, index) => String(path[index]) === String(segment));
}

/**
 * Returns whether a draft path equals or lies below one of these.
 *
 * @param keys as `pathKey` returns them
 */
export function isWithin(path: JsonPath, keys: ReadonlySet<string>): boolean {
  return path.some((_, index) => keys.has(pathKey(path.slice(0, index + 1))));
}

/** Returns a draft path as one text, used as the field's name in the page and as a key in sets. */
export function pathKey(path: JsonPath): string {
  return path.join('.');
}
