import { isJsonObject, type Json, type JsonObject } from './json';
import type { JsonPath } from './json-path';

/**
 * Returns the JSON merge patch (RFC 7386) that turns one object into another, or null when they are the same. The
 * format can only replace lists whole. A field whose value is null counts as absent: a merge patch can't write null,
 * and the API server doesn't store it.
 */
export function mergePatchOf(before: JsonObject, after: JsonObject): JsonObject | null {
  const patch: JsonObject = {};
  for (const name of fieldNames(before, after)) {
    const old = fieldOf(before, name);
    const wanted = fieldOf(after, name);
    if (wanted === undefined) {
      if (old !== undefined) setField(patch, name, null);
    } else if (isJsonObject(old) && isJsonObject(wanted)) {
      const inner = mergePatchOf(old, wanted);
      if (inner) setField(patch, name, inner);
    } else if (old === undefined || !sameJson(old, wanted)) {
      setField(patch, name, withoutNulls(wanted));
    }
  }
  return Object.keys(patch).length > 0 ? patch : null;
}

/** Applies a merge patch (RFC 7386) to an object and returns the result. Changes neither argument. */
export function applyMergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const name of fieldNames(target, patch)) {
    const old = fieldOf(target, name);
    const change = Object.hasOwn(patch, name) ? patch[name] : undefined;
    if (change === null) continue;
    if (change === undefined) {
      if (old !== undefined) setField(result, name, old);
    } else if (isJsonObject(change)) {
      setField(result, name, applyMergePatch(isJsonObject(old) ? old : {}, change));
    } else setField(result, name, change);
  }
  return result;
}

/** Returns whether two values are the same JSON. Ignores the order of fields and treats null as absent. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isJsonObject(a)) return a === b;
  if (!isJsonObject(b)) return false;
  return fieldNames(a, b).every((name) => sameJson(fieldOf(a, name), fieldOf(b, name)));
}

/** Returns the value of an object's own field, or undefined when it is absent or null. */
export function fieldOf(object: JsonObject, name: string): Json | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return value === null ? undefined : value;
}

/** Returns the field names of both objects: first those of `a`, in their order. */
export function fieldNames(a: JsonObject, b: JsonObject): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])];
}

/** Sets an own field of any name. A plain assignment to `__proto__` would change the object's prototype instead. */
export function setField(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** In a patch, null removes a field; a new value must leave nulls out. */
function withoutNulls(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const cleaned: JsonObject = {};
  for (const [name, child] of Object.entries(value))
    if (child !== null) setField(cleaned, name, withoutNulls(child));
  return cleaned;
}

/**
 * Returns the paths at which two objects differ, as deep as possible: fields that were changed, added or removed.
 * Compares lists of the same length item by item; lists of different lengths differ as a whole.
 */
export function changedPaths(before: JsonObject, after: JsonObject): JsonPath[] {
  return differences(before, after, []);
}

function differences(before: Json | undefined, after: Json | undefined, path: JsonPath): JsonPath[] {
  if (isJsonObject(before) && isJsonObject(after)) {
    return fieldNames(before, after).flatMap((name) =>
      differences(fieldOf(before, name), fieldOf(after, name), [...path, name]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => differences(item, after[index], [...path, index]));
  }
  return sameJson(before, after) ? [] : [path];
}
