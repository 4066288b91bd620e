/**
 * Returns an object that inherits nothing, for keys that others choose. In a plain object, the key `constructor` is
 * always found, and an assignment to `__proto__` is lost.
 */
export function dictionary<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const result: Record<string, T> = Object.create(null);
  for (const [key, value] of entries) result[key] = value;
  return result;
}
