const KNOWN_PATTERNS = new Map<string, string>([
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    'Use lower-case letters, digits and dashes, beginning and ending with a letter or a digit.',
  ],
]);

/** What to say of a text that does not match a schema's pattern. */
export function patternProblem(pattern: string): string {
  return KNOWN_PATTERNS.get(pattern) ?? `This must match ${pattern}`;
}

/** A repeated group that itself ends in a repetition, such as `(a+)+`. */
const NESTED_REPETITION = /[+*}]\)[+*{]/;
const MAX_MATCHED_CHARACTERS = 512;

/**
 * Whether a text matches a schema's pattern. True also for what is better left to the API server, which checks it
 * anyway, with Go's regular expressions: a pattern that this engine cannot read, and one over which it could take for
 * ever while Go's takes it in its stride (nested repetitions, long texts).
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (text.length > MAX_MATCHED_CHARACTERS || NESTED_REPETITION.test(pattern)) return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}
