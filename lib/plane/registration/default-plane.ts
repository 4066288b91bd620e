import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { CheckContext } from './known-planes';

/** Describes the effect of naming a plane of this kind `default`, in a sentence. */
export function defaultNameMeaning(entry: PlaneKindEntry): string {
  const cluster = entry.scope === 'Cluster';
  switch (entry.role) {
    case 'data':
      return cluster
        ? "The name default is special: environments that don't name a data plane use this one, unless their namespace has its own data plane named default."
        : "The name default is special: environments in this namespace that don't name a data plane use this one instead of the cluster data plane named default.";
    case 'workflow':
      return cluster
        ? "The name default is special: workflows that don't name a workflow plane use this one."
        : "Only the cluster workflow plane named default is special: workflows that don't name a workflow plane use it, never this plane.";
    case 'observability':
      return cluster
        ? "The name default is special: planes that don't name an observability plane use this one, unless their namespace has its own observability plane named default."
        : "The name default is special: planes in this namespace that don't name an observability plane use this one instead of the cluster observability plane named default.";
    case 'build':
      return "The name default may be special: resources that don't name a build plane look for one with this name.";
  }
}

/**
 * Describes what a plane without an observability plane reference uses. A namespaced plane uses `default` in its
 * namespace, or else the cluster-wide `default`; a cluster-wide plane uses only the latter.
 *
 * @param namespace the plane's namespace; empty while none is chosen and on cluster-wide kinds
 */
export function absentObservabilityPlane(
  entry: PlaneKindEntry,
  namespace: string,
  planes: CheckContext['planes'],
): string {
  const namespaced = entry.scope === 'Namespaced';
  if (planes === null || (namespaced && namespace === '')) {
    return namespaced
      ? 'the plane uses the observability plane named default in its namespace, otherwise the cluster observability plane named default'
      : 'the plane uses the cluster observability plane named default';
  }
  const own = planes.some(
    (plane) =>
      plane.kind === 'ObservabilityPlane' && plane.namespace === namespace && plane.name === 'default',
  );
  if (namespaced && own) return `the plane uses the observability plane named default in ${namespace}`;
  const shared = planes.some(
    (plane) => plane.kind === 'ClusterObservabilityPlane' && plane.name === 'default',
  );
  if (shared) return 'the plane uses the cluster observability plane named default';
  return namespaced
    ? `the plane uses none: ${namespace} has no observability plane named default, and no cluster observability plane is named default`
    : 'the plane uses none: no cluster observability plane is named default';
}
