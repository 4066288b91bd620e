/** Returns a text as it is and a number or boolean as text, so that what YAML doesn't read as text can be named. */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return isOtherScalar(value) ? String(value) : null;
}

/**
 * Returns why kubectl rejects a value where a kubeconfig needs text, or null for any other value. kubectl decodes JSON
 * that it makes of the YAML, where `name: 1` is a number and doesn't fit a text.
 *
 * @param what begins a sentence: `The name of context 1`
 */
export function notTextProblem(what: string, value: unknown): string | null {
  return isOtherScalar(value)
    ? `${what} is a ${typeof value === 'boolean' ? 'boolean' : 'number'}, which kubectl rejects. Put it in quotes.`
    : null;
}

function isOtherScalar(value: unknown): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}
