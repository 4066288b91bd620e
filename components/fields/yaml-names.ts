import { isScalar } from 'yaml';

/** Returns whether two names of YAML become the same field in JSON, such as `1` and `"1"`. The last one would win silently. */
export function haveSameName(one: unknown, other: unknown): boolean {
  return one === other || (isScalar(one) && isScalar(other) && String(one.value) === String(other.value));
}
