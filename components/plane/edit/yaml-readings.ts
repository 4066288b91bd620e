import { parseDocument, type Scalar, visit } from 'yaml';
import type { TextProblem } from './edited-yaml';

/**
 * Returns a warning for each unquoted value or name that kubectl reads as something else than this page: kubectl reads
 * YAML 1.1, where `no` is a boolean, `1_000` a number and `010` is 8. This page reads YAML 1.2, and saves what it
 * reads, so the warning matters to people who copy the text, or copied it from a file.
 *
 * @param text valid YAML
 */
export function differentReadings(text: string): TextProblem[] {
  const here = plainScalars(text, {});
  const there = plainScalars(text, { version: '1.1', schema: 'yaml-1.1' });
  return here.flatMap((scalar, index) => {
    const other = there[index];
    const source = scalar.source ?? '';
    if (!other || !scalar.range || reading(scalar) === reading(other)) return [];
    const [from, to] = scalar.range;
    const message = `kubectl reads ${source} as ${described(other)}, and this page as ${described(scalar)}. ${remedy(scalar)}`;
    return [{ from, to, message }];
  });
}

function plainScalars(text: string, options: { version?: '1.1'; schema?: string }): Scalar[] {
  const found: Scalar[] = [];
  visit(parseDocument(text, { prettyErrors: false, intAsBigInt: true, logLevel: 'silent', ...options }), {
    Scalar: (_key, node) => {
      if (node.type === 'PLAIN') found.push(node);
    },
  });
  return found;
}

/** A value with its type, to compare readings. */
function reading({ value }: Scalar): string {
  return value instanceof Date ? `date ${value.toISOString()}` : `${typeof value} ${String(value)}`;
}

function described({ value }: Scalar): string {
  if (value instanceof Date) return 'a date';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'symbol') return 'a merge';
  return String(value);
}

function remedy({ value, source = '' }: Scalar): string {
  return typeof value === 'string'
    ? `Put it in quotes: "${source}".`
    : `Write ${String(value)}, or put it in quotes if it's text.`;
}
