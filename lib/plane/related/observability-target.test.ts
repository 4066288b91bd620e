import { expect, test } from 'vitest';
import { observabilityTarget, type ReferenceResolver } from './observability-target';

const OWN = { kind: 'ObservabilityPlane', namespace: 'acme', name: 'default' };
const CLUSTER_WIDE = { kind: 'ClusterObservabilityPlane', name: 'default' };

/** Returns a resolver that knows these planes; planes of the hidden kind aren't visible. */
function resolverOf(planes: readonly string[], hidden = ''): ReferenceResolver {
  return ({ kind, namespace, name }) => {
    if (kind === hidden) return 'not-visible';
    return planes.includes([kind, namespace, name].filter(Boolean).join('/')) ? 'found' : 'missing';
  };
}

test('uses the plane that is named, whether it exists or not', () => {
  const plane = { namespace: 'acme', observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'eu' } };
  const target = { kind: 'ObservabilityPlane', namespace: 'acme', name: 'eu' };
  expect(observabilityTarget(plane, resolverOf(['ObservabilityPlane/acme/default']))).toEqual({
    via: 'explicit',
    target,
    state: 'missing',
  });
  expect(observabilityTarget(plane, resolverOf(['ObservabilityPlane/acme/eu'])).state).toBe('found');
});

test('prefers the default of the own namespace to the cluster-wide default', () => {
  const both = resolverOf(['ObservabilityPlane/acme/default', 'ClusterObservabilityPlane/default']);
  const plane = { namespace: 'acme' };
  expect(observabilityTarget(plane, both)).toEqual({ via: 'default', target: OWN, state: 'found' });
  expect(observabilityTarget(plane, resolverOf(['ClusterObservabilityPlane/default']))).toEqual({
    via: 'default',
    target: CLUSTER_WIDE,
    state: 'found',
  });
  expect(observabilityTarget(plane, resolverOf([]))).toEqual({ via: 'none' });
});

test('uses only the cluster-wide default for a cluster-wide plane', () => {
  expect(observabilityTarget({}, resolverOf(['ObservabilityPlane/acme/default']))).toEqual({ via: 'none' });
  expect(observabilityTarget({}, resolverOf(['ClusterObservabilityPlane/default'])).target).toEqual(
    CLUSTER_WIDE,
  );
});

test("doesn't resolve the second default while the first isn't visible", () => {
  const hidden = resolverOf(['ClusterObservabilityPlane/default'], 'ObservabilityPlane');
  expect(observabilityTarget({ namespace: 'acme' }, hidden)).toEqual({
    via: 'default',
    target: OWN,
    state: 'not-visible',
  });
});
