import { expect, test } from 'vitest';
import { observabilityTarget, type ReferenceResolver } from './observability-target';

const OWN = { kind: 'ObservabilityPlane', namespace: 'acme', name: 'default' };
const CLUSTER_WIDE = { kind: 'ClusterObservabilityPlane', name: 'default' };

/** A world of these planes; those of a hidden kind may not be known. */
function world(planes: readonly string[], hidden = ''): ReferenceResolver {
  return ({ kind, namespace, name }) => {
    if (kind === hidden) return 'not-visible';
    return planes.includes([kind, namespace, name].filter(Boolean).join('/')) ? 'found' : 'missing';
  };
}

test('a plane that names one uses that, wherever it leads', () => {
  const plane = { namespace: 'acme', observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'eu' } };
  const target = { kind: 'ObservabilityPlane', namespace: 'acme', name: 'eu' };
  expect(observabilityTarget(plane, world(['ObservabilityPlane/acme/default']))).toEqual({
    via: 'explicit',
    target,
    state: 'missing',
  });
  expect(observabilityTarget(plane, world(['ObservabilityPlane/acme/eu'])).state).toBe('found');
});

test('without a name the default of the own namespace comes before the cluster-wide one', () => {
  const both = world(['ObservabilityPlane/acme/default', 'ClusterObservabilityPlane/default']);
  const plane = { namespace: 'acme' };
  expect(observabilityTarget(plane, both)).toEqual({ via: 'default', target: OWN, state: 'found' });
  expect(observabilityTarget(plane, world(['ClusterObservabilityPlane/default']))).toEqual({
    via: 'default',
    target: CLUSTER_WIDE,
    state: 'found',
  });
  expect(observabilityTarget(plane, world([]))).toEqual({ via: 'none' });
});

test('a cluster-wide plane knows the cluster-wide default only', () => {
  expect(observabilityTarget({}, world(['ObservabilityPlane/acme/default']))).toEqual({ via: 'none' });
  expect(observabilityTarget({}, world(['ClusterObservabilityPlane/default'])).target).toEqual(CLUSTER_WIDE);
});

test('where the first may not be known, nothing is said of the second', () => {
  const hidden = world(['ClusterObservabilityPlane/default'], 'ObservabilityPlane');
  expect(observabilityTarget({ namespace: 'acme' }, hidden)).toEqual({
    via: 'default',
    target: OWN,
    state: 'not-visible',
  });
});
