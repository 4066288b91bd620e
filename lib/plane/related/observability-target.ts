import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { explicitObservabilityPlane } from '@/lib/plane/model/references';
import type { ObservabilityTarget } from './related-resources';

/** Resolves a reference to a plane, as far as the caller may know. */
export type ReferenceResolver = (target: ObjectRef) => 'found' | 'missing' | 'not-visible';

/** The name that an absent reference resolves to. */
export const DEFAULT_NAME = 'default';

/**
 * Returns the observability plane that a plane uses: the one it names, or by default the ObservabilityPlane `default`
 * in its own namespace and then the ClusterObservabilityPlane `default`. A cluster-wide plane uses only the latter.
 * The second target depends on whether the first exists, so if that isn't visible, the first is returned as
 * `not-visible`.
 */
export function observabilityTarget(
  plane: Pick<Plane, 'namespace' | 'observabilityPlaneRef'>,
  resolveReference: ReferenceResolver,
): ObservabilityTarget {
  const named = explicitObservabilityPlane(plane);
  if (named) return { via: 'explicit', target: { ...named }, state: resolveReference(named) };
  for (const target of defaultTargets(plane.namespace)) {
    const state = resolveReference(target);
    if (state !== 'missing') return { via: 'default', target: { ...target }, state };
  }
  return { via: 'none' };
}

function defaultTargets(namespace: string | undefined): ObjectRef[] {
  const clusterWide = { kind: 'ClusterObservabilityPlane', name: DEFAULT_NAME };
  return namespace === undefined
    ? [clusterWide]
    : [{ kind: 'ObservabilityPlane', namespace, name: DEFAULT_NAME }, clusterWide];
}
