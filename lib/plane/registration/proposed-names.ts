import { kindOfPlural } from '@/lib/plane/model/kinds';
import { MAX_NAME_LENGTH, MAX_PLANE_ID_LENGTH } from '@/lib/plane/model/names';
import type { Draft } from './draft';

/**
 * Proposes a planeID for a plane's name. A planeID is a DNS label, so dots become dashes and the result is cut to 63
 * characters. Empty if nothing of the name can be used.
 */
export function proposedPlaneID(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_PLANE_ID_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/**
 * Proposes the name of a slot's Secret; empty while the plane has no name. The Secrets of all cluster-wide planes are
 * in one namespace, where a data plane and a workflow plane may have the same name, such as `default`, so their names
 * include the plane's type.
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

/** Returns the first of `name-2`, `name-3`, ... that isn't taken. */
export function nextFreeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken);
  let number = 2;
  while (used.has(withSuffix(name, String(number)))) number += 1;
  return withSuffix(name, String(number));
}

/** Appends a suffix and cuts the name to keep the result within the limit. */
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

/** Proposes the key within a slot's Secret: the one that kubectl and cert-manager write. */
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
