import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { CheckContext } from './known-planes';

/** Describes the effect of naming a plane of this kind `default`, in a sentence. */
export function defaultNameMeaning(entry: PlaneKindEntry): string {
  const cluster = entry.scope === 'Cluster';
  switch (entry.role) {
    case 'data':
      return cluster
        ? 'The name default is special: environments that name no data plane use this one, in every namespace that has no data plane named default of its own.'
        : 'The name default is special: environments of this namespace that name no data plane use this one, instead of the cluster data plane named default.';
    case 'workflow':
      return cluster
        ? 'The name default is special: workflows that name no workflow plane use this one.'
        : 'Only the cluster workflow plane named default is special: workflows that name none use that one, never this.';
    case 'observability':
      return cluster
        ? 'The name default is special: planes that name no observability plane use this one; namespaced ones only where their namespace has no observability plane named default.'
        : 'The name default is special: planes of this namespace that name no observability plane use this one, instead of the cluster observability plane named default.';
    case 'build':
      return 'The name default may be special: what names no build plane looks for one of this name.';
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
      ? 'it uses the observability plane named default of its namespace, else the cluster observability plane named default'
      : 'it uses the cluster observability plane named default';
  }
  const own = planes.some(
    (plane) =>
      plane.kind === 'ObservabilityPlane' && plane.namespace === namespace && plane.name === 'default',
  );
  if (namespaced && own) return `it uses the observability plane named default of ${namespace}`;
  const shared = planes.some(
    (plane) => plane.kind === 'ClusterObservabilityPlane' && plane.name === 'default',
  );
  if (shared) return 'it uses the cluster observability plane named default';
  return namespaced
    ? `none is used: there is no observability plane named default in ${namespace}, and no cluster observability plane named default`
    : 'none is used: there is no cluster observability plane named default';
}
