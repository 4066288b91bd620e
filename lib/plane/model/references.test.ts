import { expect, test } from 'vitest';
import { aPlane } from '@/testing/plane/plane-fixture';
import { explicitObservabilityPlane, referenceState, siblingKey, siblingsIn } from './references';

const cluster = { kind: 'ClusterDataPlane', plural: 'clusterdataplanes' } as const;

test("a namespaced target is in the plane's own namespace", () => {
  const plane = aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'main' } });
  expect(explicitObservabilityPlane(plane)).toEqual({
    kind: 'ObservabilityPlane',
    namespace: 'acme',
    name: 'main',
  });
});

test('a cluster-wide target has no namespace', () => {
  const plane = aPlane({ observabilityPlaneRef: { kind: 'ClusterObservabilityPlane', name: 'main' } });
  expect(explicitObservabilityPlane(plane)).toEqual({ kind: 'ClusterObservabilityPlane', name: 'main' });
});

test.each([
  [true, 'found'],
  [false, 'missing'],
  ['not-visible', 'not-visible'],
] as const)('when exists returns %s, the reference is %s', (exists, state) => {
  const plane = aPlane({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'main' } });
  expect(referenceState(plane, () => exists)).toBe(state);
});

test('looks nothing up without a reference', () => {
  expect(
    referenceState(aPlane(), () => {
      throw new Error('looked for nothing');
    }),
  ).toBe('none');
});

test("namespaced and cluster-wide planes of one role share a cluster; planes of other roles don't", () => {
  expect(siblingKey(aPlane())).toBe(siblingKey(aPlane(cluster)));
  expect(siblingKey(aPlane())).not.toBe(
    siblingKey(aPlane({ kind: 'WorkflowPlane', plural: 'workflowplanes' })),
  );
  expect(siblingKey(aPlane({ planeID: null }))).toBeNull();
});

test('siblings are the other planes with the same key; a plane without a planeID has none', () => {
  const rows = [
    { plane: aPlane() },
    { plane: aPlane({ ...cluster, uid: 'uid-twin' }) },
    { plane: aPlane({ uid: 'uid-other', planeID: 'other-cluster' }) },
    { plane: aPlane({ uid: 'uid-none', planeID: null }) },
  ];
  const { uid } = aPlane();
  expect(siblingsIn(rows, { uid, key: siblingKey(aPlane()) })).toEqual([rows[1]]);
  expect(siblingsIn(rows, { uid, key: null })).toEqual([]);
});
