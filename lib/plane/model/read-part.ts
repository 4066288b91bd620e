import type { z } from '@/lib/zod';
import { cutText } from './shown-text';
import { formatCount, joinList } from './text';

/** The most sentences about one resource. A resource can be invalid in thousands of places. */
const MAX_PROBLEMS = 10;
const MAX_PATH_LENGTH = 200;

/**
 * Parses a part of a resource. If it doesn't match the schema, returns undefined and adds sentences to `problems`,
 * without the values, which may be secrets.
 *
 * @param at the name of the part, such as `spec`
 */
export function readPart<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: string,
  problems: string[],
): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues.slice(0, MAX_PROBLEMS)) {
    const field = cutText([at, ...issue.path].join('.'), MAX_PATH_LENGTH);
    problems.push(`Invalid field ${field}: ${issueText(issue, value)}.`);
  }
  return undefined;
}

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'text',
  undefined: 'nothing',
};

/** Describes a mismatch without the value itself, which may be a secret: `expected true or false, found text`. */
function issueText(issue: z.core.$ZodIssue, root: unknown): string {
  const found = typeText(valueAt(root, issue.path));
  if (issue.code === 'invalid_type')
    return `expected ${TYPE_TEXTS[issue.expected] ?? issue.expected}, found ${found}`;
  if (issue.code === 'too_big') {
    return `longer than ${formatCount(Number(issue.maximum))} ${issue.origin === 'array' ? 'items' : 'characters'}`;
  }
  if (issue.code === 'invalid_value') return `expected ${joinList(issue.values.map(String), 'or')}`;
  return `${found} doesn't match the schema`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

function typeText(value: unknown): string {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return TYPE_TEXTS[type] ?? type;
}
