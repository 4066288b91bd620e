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

/**
 * Whether a text matches a schema's pattern; true also for a pattern that this engine cannot read, as the API server
 * checks it anyway, with Go's regular expressions. Long texts are left to the API server too: a pattern may come from
 * anywhere, and this engine can take for ever over one that Go's takes in its stride.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (text.length > MAX_MATCHED_CHARACTERS) return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

const MAX_MATCHED_CHARACTERS = 512;
