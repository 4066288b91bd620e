/** The types of the fields of a JSON object that `hasShape` checks. */
export type Shape = Readonly<Record<string, 'string' | 'number' | 'array' | 'object'>>;

/**
 * Returns whether a value is an object with these fields. Replaces zod where a browser reads large frames on every
 * page: it's fast and small, and checks only what would break the page.
 */
export function hasShape(value: unknown, shape: Shape): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(shape).every(([name, type]) => typeName(fields[name]) === type);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
