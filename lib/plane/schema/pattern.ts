import type { SchemaNode } from './schema-node';

/**
 * Returns whether a text matches a schema's pattern. Also returns true where only the API server can say: it checks
 * every pattern anyway.
 */
export type PatternMatcher = (pattern: string, text: string) => boolean;

interface KnownPattern {
  readonly expression: RegExp;
  readonly problem: string;
}

/** Patterns that OpenChoreo's schemas use. These are anchored and take time linear in the text with any engine. */
const KNOWN_PATTERNS = new Map<string, KnownPattern>([
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    {
      expression: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
      problem: 'Use only lowercase letters, digits and dashes. Start and end with a letter or digit.',
    },
  ],
]);

/** Checks the known patterns only. Any other pattern needs an engine that takes linear time, such as `matchesPattern`. */
export const matchesKnownPattern: PatternMatcher = (pattern, text) =>
  KNOWN_PATTERNS.get(pattern)?.expression.test(text) ?? true;

/** The problem with a text that doesn't match a schema's pattern. */
export function patternProblem(pattern: string): string {
  return KNOWN_PATTERNS.get(pattern)?.problem ?? `This must match ${pattern}`;
}

/** Returns whether a schema has a pattern that `matchesKnownPattern` doesn't check. */
export function hasUnknownPattern({ pattern, properties, items, additionalProperties }: SchemaNode): boolean {
  if (pattern !== undefined && !KNOWN_PATTERNS.has(pattern)) return true;
  const children = [...Object.values(properties ?? {}), items, additionalProperties];
  return children.some((child) => child !== undefined && hasUnknownPattern(child));
}
