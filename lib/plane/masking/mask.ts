import { isJsonObject, type Json } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';

/** Replaces a secret wherever a resource is shown. An edit that leaves it unchanged keeps the stored value. */
export const MASK = '<hidden by Planeboard>';

/** The end of a sentence about a credential whose stored value is the mask. */
export const STORED_MASK_PROBLEM =
  "it's the text that Planeboard shows instead of a secret, stored in its place. Enter the value again.";

/** Returns whether any part of a value is masked. */
export function holdsMask(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsMask);
  return isJsonObject(value) ? Object.values(value).some(holdsMask) : value === MASK;
}

/**
 * Returns the paths of all masks within a value.
 *
 * @param path the path of the value itself
 */
export function maskedPaths(value: Json | undefined, path: JsonPath = []): JsonPath[] {
  if (value === MASK) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => maskedPaths(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => maskedPaths(child, [...path, name]));
}
