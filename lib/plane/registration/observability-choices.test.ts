import { describe, expect, it } from 'vitest';
import type { PlaneKindName } from '@/lib/plane/model/kinds';
import { type SchemaNode, schemaAt } from '@/lib/plane/schema/schema-node';
import { installedKind } from '@/testing/plane/installed-kinds';
import { knownPlane } from '@/testing/plane/plane-fixture';
import type { KnownPlane } from './known-planes';
import { observabilityChoice, observabilityChoices, referenceValue } from './observability-choices';

const PLANES: KnownPlane[] = [
  knownPlane({
    plural: 'observabilityplanes',
    kind: 'ObservabilityPlane',
    namespace: 'acme',
    name: 'b',
    planeID: 'b',
  }),
  knownPlane({
    plural: 'observabilityplanes',
    kind: 'ObservabilityPlane',
    namespace: 'acme',
    name: 'a',
    planeID: 'a',
  }),
  knownPlane({
    plural: 'observabilityplanes',
    kind: 'ObservabilityPlane',
    namespace: 'other',
    name: 'c',
    planeID: 'c',
  }),
  knownPlane({
    plural: 'clusterobservabilityplanes',
    kind: 'ClusterObservabilityPlane',
    name: 'd',
    planeID: 'd',
  }),
  knownPlane({ plural: 'dataplanes', kind: 'DataPlane', namespace: 'acme', name: 'e', planeID: 'e' }),
];

function refOf(kind: PlaneKindName): SchemaNode {
  const node = schemaAt(installedKind('1.2', kind).schema, ['spec', 'observabilityPlaneRef']);
  if (!node) throw new Error(`${kind} has no reference.`);
  return node;
}

const keys = (node: SchemaNode, namespace: string, planes: KnownPlane[] | null = PLANES) =>
  observabilityChoices(node, namespace, planes).planes.map((plane) => plane.key);

describe('observabilityChoices', () => {
  it('returns those of the same namespace and the cluster-wide ones for a namespaced plane', () => {
    expect(keys(refOf('DataPlane'), 'acme')).toEqual([
      'ClusterObservabilityPlane/d',
      'ObservabilityPlane/a',
      'ObservabilityPlane/b',
    ]);
  });

  it('returns only cluster-wide ones for a cluster-wide plane', () => {
    expect(keys(refOf('ClusterDataPlane'), '')).toEqual(['ClusterObservabilityPlane/d']);
  });

  it('returns only namespaced ones if the reference is a plain name', () => {
    expect(keys({ type: 'string' }, 'acme')).toEqual(['ObservabilityPlane/a', 'ObservabilityPlane/b']);
  });

  it('returns none while the planes are unknown', () => {
    expect(keys(refOf('DataPlane'), 'acme', null)).toEqual([]);
  });
});

describe('a reference', () => {
  it.each([
    [
      'an object',
      refOf('DataPlane'),
      'ClusterObservabilityPlane',
      { kind: 'ClusterObservabilityPlane', name: 'd' },
    ],
    ['a plain name', { type: 'string' } as const, 'ObservabilityPlane', 'd'],
  ])('as %s round-trips through the draft', (_what, node, kind, value) => {
    expect(referenceValue(node, kind, 'd')).toEqual(value);
    expect(observabilityChoice(value)).toEqual({ key: `${kind}/d`, kind, name: 'd' });
  });

  it.each([[undefined], [''], [null], [{}], [{ kind: 'ObservabilityPlane' }]])(
    'of %j names no plane',
    (value) => {
      expect(observabilityChoice(value)).toBeNull();
    },
  );
});
