import { isLabelKey } from './names';

/** What is wrong with one label. */
export interface LabelProblem {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const MAX_VALUE = 63;

/** Prefixes that Kubernetes keeps for its own components, and OpenChoreo for its controllers. */
const RESERVED = /^(?:[^/]*\.)?(?:kubernetes\.io|k8s\.io|openchoreo\.dev)\//;
/** Recommended to everyone: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const RECOMMENDED = /^app\.kubernetes\.io\//;

/**
 * Returns what is wrong with labels, at most one problem for each. Keys and values follow Kubernetes' rules, which the
 * API server enforces; a reserved prefix is a warning, because the API server accepts it.
 *
 * @param before the labels that a plane has already: what is stored needs no warning
 */
export function labelProblems(
  labels: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = {},
): LabelProblem[] {
  return Object.entries(labels).flatMap(([key, value]): LabelProblem[] => {
    const error = keyProblem(key) ?? valueProblem(value);
    if (error !== null) return [{ key, severity: 'error', message: error }];
    const isReserved = RESERVED.test(key) && !RECOMMENDED.test(key);
    if (!isReserved || (Object.hasOwn(before, key) && before[key] === value)) return [];
    const message = 'This prefix is reserved. A controller may overwrite or act on the label.';
    return [{ key, severity: 'warning', message }];
  });
}

function keyProblem(key: string): string | null {
  if (key === '') return 'Enter a key, such as region.';
  return isLabelKey(key)
    ? null
    : 'A key has at most 63 letters, digits, dashes, underscores and dots, and begins and ends with a letter or digit. A prefix such as example.com/ may precede it.';
}

function valueProblem(value: string): string | null {
  if (VALUE.test(value)) return null;
  return value.length > MAX_VALUE
    ? `Use at most ${MAX_VALUE} characters in a value; this has ${value.length}.`
    : 'A value has only letters, digits, dashes, underscores and dots, and begins and ends with a letter or digit.';
}
