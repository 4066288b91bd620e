import { isPlainSetting, isReferenceName, isSecretName } from '@/lib/plane/model/redact';

/**
 * Whether a field of the spec holds a secret, judged by its name and the names of the groups around it, by the same
 * rule as masking: in `credentials`, everything but plain settings such as a URL.
 */
export function isSecretPath(path: readonly (string | number)[]): boolean {
  const names = path.filter((segment): segment is string => typeof segment === 'string');
  const last = names.at(-1);
  if (last === undefined || isReferenceName(last)) return false;
  if (isSecretName(last)) return true;
  // A reference to a Secret among the parents: what stands in it is the reference.
  const lastReference = names.findLastIndex(isReferenceName);
  return names.slice(lastReference + 1, -1).some(isSecretName) && !isPlainSetting(last);
}
