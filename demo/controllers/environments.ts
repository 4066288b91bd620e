import type { KubeClient, KubeObject } from '@/demo/control-plane/kube-client';
import type { PlaneObject } from './plane-object';

interface Environment extends KubeObject {
  readonly spec?: { readonly dataPlaneRef?: string | { readonly kind: string; readonly name: string } };
}

/**
 * The Environments of a DataPlane's namespace that refer to it: by name (up to 0.14), by kind and name (after), or, for
 * the one named `default`, by not saying anything.
 */
export async function environmentsOf(client: KubeClient, plane: PlaneObject): Promise<string[]> {
  const { name, namespace } = plane.metadata;
  const { items } = await client.get<{ items: Environment[] }>(environmentsPath(namespace));
  return items.filter((environment) => refersTo(environment, name)).map(({ metadata }) => metadata.name);
}

/** Up to release 0.17 a data plane takes its Environments with it. */
export async function deleteEnvironments(
  client: KubeClient,
  plane: PlaneObject,
  names: readonly string[],
): Promise<void> {
  const path = environmentsPath(plane.metadata.namespace);
  await Promise.all(names.map((name) => client.delete(`${path}/${name}`)));
}

function environmentsPath(namespace: string | undefined): string {
  return `/apis/openchoreo.dev/v1alpha1/namespaces/${namespace}/environments`;
}

function refersTo({ spec }: Environment, name: string): boolean {
  const ref = spec?.dataPlaneRef;
  if (ref === undefined || ref === '') return name === 'default';
  return typeof ref === 'string' ? ref === name : ref.kind === 'DataPlane' && ref.name === name;
}
