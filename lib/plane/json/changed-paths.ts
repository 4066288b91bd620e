import { isJsonObject, type Json, type JsonObject } from './json';
import type { JsonPath } from './json-path';
import { fieldNames, fieldOf, sameJson } from './merge-patch';

/**
 * The places in which two objects differ, as deep as they can be told: fields that were changed, added or removed. Items
 * of lists of the same length are compared one by one; of another length the list itself is what differs.
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
