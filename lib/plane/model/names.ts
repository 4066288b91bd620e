export const MAX_NAME_LENGTH = 253;
export const MAX_PLANE_ID_LENGTH = 63;

/**
 * Returns the problem with the name of a plane, Secret or namespace as a sentence, or null. The rule is Kubernetes'
 * DNS-1123 subdomain; for a namespace it's the DNS-1123 label (no dots, 63 characters).
 */
export function nameProblem(name: string, form: 'subdomain' | 'label' = 'subdomain'): string | null {
  const max = form === 'label' ? MAX_PLANE_ID_LENGTH : MAX_NAME_LENGTH;
  if (name === '') return 'Enter a name.';
  if (name.length > max) return `Use at most ${max} characters; this has ${name.length}.`;
  if (/\s/.test(name)) return 'Use dashes instead of spaces.';
  if (/[A-Z]/.test(name)) return `Use only lowercase letters, such as ${example(name.toLowerCase())}.`;
  if (name.includes('_'))
    return `Use dashes instead of underscores, such as ${example(name.replaceAll('_', '-'))}.`;
  if (form === 'label' && name.includes('.')) return 'Use dashes instead of dots.';
  const odd = [...name].find((character) => !/[a-z0-9.-]/.test(character));
  if (odd !== undefined) return `Use only lowercase letters, digits and dashes. "${odd}" isn't allowed.`;
  if (/^[-.]/.test(name)) return 'Start with a letter or digit.';
  if (/[-.]$/.test(name)) return 'End with a letter or digit.';
  if (name.includes('..')) return "Don't use two dots in a row.";
  if (/\.-|-\./.test(name)) return "Don't put a dot next to a dash.";
  return null;
}

function example(name: string): string {
  const fixed = name.replace(/[^a-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return fixed === '' ? 'prod-eu' : fixed;
}

/** Returns the problem with a key of a Secret, or null. The rule is Kubernetes' for ConfigMap and Secret keys. */
export function secretKeyProblem(key: string): string | null {
  if (key === '') return 'Enter the key in the Secret, such as ca.crt.';
  if (key.length > MAX_NAME_LENGTH)
    return `Use at most ${MAX_NAME_LENGTH} characters; this has ${key.length}.`;
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) return 'Use only letters, digits, dashes, underscores and dots.';
  if (key === '.' || key === '..' || key.startsWith('..'))
    return "A key can't be a single dot or start with two dots.";
  return null;
}

const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const MAX_PREFIX = 253;

/** Returns whether a text is a valid label key: `region`, or `example.com/region`. */
export function isLabelKey(text: string): boolean {
  const parts = text.split('/');
  const [prefix, name] = parts.length === 1 ? [null, parts[0]] : parts;
  if (parts.length > 2 || name === undefined || !NAME.test(name)) return false;
  return prefix === null || (prefix !== undefined && prefix.length <= MAX_PREFIX && PREFIX.test(prefix));
}

/** Returns whether a host name or address (IPv6 with or without brackets) always means this machine. */
export function isLoopbackName(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
