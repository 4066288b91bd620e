const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const MAX_PREFIX = 253;

/** Whether a text can be the key of a label: `region`, or `example.com/region`. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const [prefix, name] = parts.length === 1 ? [null, parts[0]] : parts;
  if (parts.length > 2 || name === undefined || !NAME.test(name)) return false;
  return prefix === null || (prefix !== undefined && prefix.length <= MAX_PREFIX && PREFIX.test(prefix));
}
