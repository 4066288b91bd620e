import { parseDocument, type Scalar, type ScalarTag, type Tags, visit } from 'yaml';
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
  const there = plainScalars(text, { version: '1.1', schema: 'yaml-1.1', customTags: kubectlTags });
  return here.flatMap((scalar, index) => {
    const other = there[index];
    const source = scalar.source ?? '';
    if (!other || !scalar.range || reading(scalar) === reading(other)) return [];
    const [from, to] = scalar.range;
    const message = `kubectl reads ${source} as ${described(other)}, and this page as ${described(scalar)}. ${remedy(scalar)}`;
    return [{ from, to, message }];
  });
}

/** An octal number of YAML 1.2 in any spelling that Go accepts. */
const GO_OCTAL: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?0[oO][0-7][0-7_]*$/,
  resolve: (source) => {
    const value = BigInt(source.replace(/^[-+]/, '').replaceAll('_', ''));
    return source.startsWith('-') ? -value : value;
  },
};

/** kubectl's parser leaves times and dates as texts, and also reads the octal numbers of YAML 1.2. */
function kubectlTags(tags: Tags): Tags {
  const isTime = (tag: Tags[number]) =>
    typeof tag === 'object' && (tag.tag.endsWith(':timestamp') || ('format' in tag && tag.format === 'TIME'));
  return [GO_OCTAL, ...tags.filter((tag) => !isTime(tag))];
}

function plainScalars(
  text: string,
  options: { version?: '1.1'; schema?: string; customTags?: (tags: Tags) => Tags },
): Scalar[] {
  const found: Scalar[] = [];
  visit(parseDocument(text, { prettyErrors: false, intAsBigInt: true, logLevel: 'silent', ...options }), {
    Scalar: (_key, node) => {
      if (node.type !== 'PLAIN') return;
      // The library takes `.` and `e1` for numbers.
      if (Number.isNaN(node.value) && !/nan/i.test(node.source ?? '')) node.value = node.source;
      found.push(node);
    },
  });
  return found;
}

/** A value with its type, to compare readings. */
function reading({ value }: Scalar): string {
  return `${typeof value} ${String(value)}`;
}

function described({ value }: Scalar): string {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'symbol') return 'a merge';
  return String(value);
}

function remedy({ value, source = '' }: Scalar): string {
  return typeof value === 'string'
    ? `Put it in quotes: "${source}".`
    : `Write ${String(value)}, or put it in quotes if it's text.`;
}
