import type { Draft } from '@/lib/plane/registration/draft';
import { kindOfPlural } from './kinds';

const MAX_NAME_LENGTH = 253;
const MAX_PLANE_ID_LENGTH = 63;

/**
 * What is wrong with the name of a plane, Secret or namespace, as a sentence; null when nothing is. The rule is
 * Kubernetes' DNS-1123 subdomain (a namespace's is the DNS-1123 label: no dots, 63 characters).
 */
export function nameProblem(name: string, form: 'subdomain' | 'label' = 'subdomain'): string | null {
  const max = form === 'label' ? MAX_PLANE_ID_LENGTH : MAX_NAME_LENGTH;
  if (name === '') return 'Enter a name.';
  if (name.length > max) return `Use at most ${max} characters; these are ${name.length}.`;
  if (/\s/.test(name)) return 'Leave out blanks; write a dash instead.';
  if (/[A-Z]/.test(name)) return `Use lower-case letters only, such as ${example(name.toLowerCase())}.`;
  if (name.includes('_'))
    return `Write a dash instead of an underscore, such as ${example(name.replaceAll('_', '-'))}.`;
  if (form === 'label' && name.includes('.')) return 'Leave out dots; write a dash instead.';
  const odd = [...name].find((character) => !/[a-z0-9.-]/.test(character));
  if (odd !== undefined) return `Use only lower-case letters, digits and dashes: “${odd}” is not allowed.`;
  if (/^[-.]/.test(name)) return 'Begin with a letter or a digit.';
  if (/[-.]$/.test(name)) return 'End with a letter or a digit.';
  if (name.includes('..')) return 'Two dots must not follow each other.';
  if (/\.-|-\./.test(name)) return 'A dot must not stand next to a dash.';
  return null;
}

function example(name: string): string {
  const fixed = name.replace(/[^a-z0-9.-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return fixed === '' ? 'prod-eu' : fixed;
}

/** What is wrong with a key of a Secret; null when nothing is. The rule is Kubernetes' for ConfigMap and Secret keys. */
export function secretKeyProblem(key: string): string | null {
  if (key === '') return 'Enter the key within the Secret, such as ca.crt.';
  if (key.length > MAX_NAME_LENGTH)
    return `Use at most ${MAX_NAME_LENGTH} characters; these are ${key.length}.`;
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) return 'A key has only letters, digits, dashes, underscores and dots.';
  if (key === '.' || key === '..' || key.startsWith('..'))
    return 'A key must not begin with two dots or be a single dot.';
  return null;
}

/**
 * The planeID to propose for a plane of this name: a planeID is a DNS label, so dots become dashes and what is longer
 * than 63 characters is cut. Empty where nothing of the name can be used.
 */
export function proposedPlaneID(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_PLANE_ID_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/**
 * The name to propose for the Secret of a slot; empty while the plane has no name. The Secrets of all cluster-wide
 * planes stand in one namespace, where a data plane and a workflow plane may have the same name, such as `default`: so
 * theirs say the plane's type too.
 */
export function proposedSecretName(
  draft: Pick<Draft, 'name' | 'plural'>,
  slot: { readonly path: readonly string[]; readonly purpose: string },
): string {
  if (draft.name === '') return '';
  const kind = kindOfPlural(draft.plural);
  const type = kind?.scope === 'Cluster' ? `${kind.planeType}-` : '';
  return withSuffix(draft.name, `${type}${secretSuffix(slot)}`);
}

/** The first of `name-2`, `name-3`, ... that is not taken. */
export function nextFreeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken);
  let number = 2;
  while (used.has(withSuffix(name, String(number)))) number += 1;
  return withSuffix(name, String(number));
}

/** The name is cut where both would be longer than a name may be. */
function withSuffix(name: string, suffix: string): string {
  return `${name.slice(0, MAX_NAME_LENGTH - suffix.length - 1).replace(/[-.]+$/, '')}-${suffix}`;
}

function secretSuffix({
  path,
  purpose,
}: {
  readonly path: readonly string[];
  readonly purpose: string;
}): string {
  if (purpose === 'agent-ca') return 'agent-ca';
  if (path[0] === 'kubernetesCluster') return 'cluster-access';
  const words = path.join('-').replace(/([a-z0-9])([A-Z])/g, '$1-$2');
  return proposedPlaneID(words) || 'credential';
}

/** The key to propose within a slot's Secret: the ones that kubectl and cert-manager write. */
export function proposedSecretKey(purpose: string): string {
  switch (purpose) {
    case 'agent-ca':
    case 'server-ca':
      return 'ca.crt';
    case 'client-certificate':
      return 'tls.crt';
    case 'client-key':
      return 'tls.key';
    case 'password':
      return 'password';
    case 'bearer-token':
      return 'token';
    default:
      return 'value';
  }
}
