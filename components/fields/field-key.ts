import type { JsonPath } from '@/lib/plane/json/json-path';

/** Whether a place of the draft is, or is part of, one of these. @param keys as `fieldKey` makes them */
export function isWithin(path: JsonPath, keys: ReadonlySet<string>): boolean {
  return path.some((_, index) => keys.has(fieldKey(path.slice(0, index + 1))));
}

/** A draft path as one text: the name under which the page finds the field, and sets keep it. */
export function fieldKey(path: JsonPath): string {
  return path.join('.');
}
