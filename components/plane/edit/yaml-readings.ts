import { parseDocument, visit } from 'yaml';
import type { TextProblem } from './edited-yaml';
import { type KubectlValue, readByKubectl } from './kubectl-scalar';

/** Even after `%YAML 1.1`, the page reads YAML 1.2. */
const OPTIONS = { prettyErrors: false, intAsBigInt: true, logLevel: 'silent', schema: 'core' } as const;

/**
 * Returns a warning for each unquoted value or name that kubectl reads as something else than this page: kubectl reads
 * YAML 1.1, where `no` is a boolean, `1_000` a number and `010` is 8. This page reads YAML 1.2, and saves what it
 * reads, so the warning matters to people who copy the text, or copied it from a file.
 *
 * @param text valid YAML
 */
export function differentReadings(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  visit(parseDocument(text, OPTIONS), {
    Scalar: (key, { type, tag, range, value, source = '' }) => {
      // The type of a quoted or tagged scalar doesn't depend on its text.
      if (type !== 'PLAIN' || tag !== undefined || !range) return;
      const here = value as KubectlValue;
      const there = key === 'key' && source === '<<' ? 'a merge' : different(here, readByKubectl(source));
      if (there === null) return;
      const [from, to] = range;
      const message = `kubectl reads ${source} as ${there}, and this page as ${described(here)}. ${remedy(here, source)}`;
      problems.push({ from, to, message });
    },
  });
  return problems;
}

/** Describes what kubectl reads, or returns null if JSON has the same text for what this page reads. */
function different(here: KubectlValue, there: KubectlValue): string | null {
  return (typeof here === 'string') === (typeof there === 'string') && String(here) === String(there)
    ? null
    : described(there);
}

function described(value: KubectlValue): string {
  return typeof value === 'string' ? 'text' : String(value);
}

function remedy(here: KubectlValue, source: string): string {
  return typeof here === 'string'
    ? `Put it in quotes: "${source}".`
    : `Write ${String(here)}, or put it in quotes if it's text.`;
}
