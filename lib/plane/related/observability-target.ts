import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { explicitObservabilityPlane } from '@/lib/plane/model/references';
import type { ObservabilityTarget } from './related-resources';

/** Whether a plane is there, as far as somebody may know. */
export type ReferenceResolver = (target: ObjectRef) => 'found' | 'missing' | 'not-visible';

/** The name that an absent reference means. */
export const DEFAULT_NAME = 'default';

/**
 * The observability plane that a plane uses: the one that it names, else by the default rule ObservabilityPlane
 * `default` of its own namespace and then ClusterObservabilityPlane `default`; a cluster-wide plane knows only the
 * latter. Whether the first of these is there decides about the second, so where that may not be known, the first is
 * told as `not-visible`.
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
