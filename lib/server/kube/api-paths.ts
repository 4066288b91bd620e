import 'server-only';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { isKubernetesName, type PlaneIdentity } from '@/lib/plane/model/plane-path';
import { KubeError } from './kube-error';

/** Returns the API path of a namespace's Secrets. */
export function secretsPath(namespace: string): string {
  return `/api/v1/namespaces/${checked(namespace)}/secrets`;
}

/** Returns the API path of the Secrets of all namespaces. */
export function allSecretsPath(): string {
  return '/api/v1/secrets';
}

/** Returns the API path of a kind's planes. */
export function planesPath({ plural, namespace }: Pick<PlaneIdentity, 'plural' | 'namespace'>): string {
  const scope = namespace === undefined ? '' : `/namespaces/${checked(namespace)}`;
  return `/apis/${PLANE_API_VERSION}${scope}/${plural}`;
}

/** Returns the API path of one object of a collection. */
export function objectPath(collection: string, name: string): string {
  return `${collection}/${checked(name)}`;
}

/** Throws a KubeError `bad-request`. Features report an invalid name earlier; this check keeps it out of paths. */
function checked(name: string): string {
  if (isKubernetesName(name)) return name;
  throw new KubeError('bad-request', 'Invalid Kubernetes object name.');
}
