import { describe, expect, test } from 'vitest';
import type { ReferenceResolver } from './observability-target';
import { type ReferrerKind, referrerKindsOf, referrerOf } from './resource-reference';

const prod = { kind: 'DataPlane', namespace: 'acme', name: 'prod' };
const ownDefault = { kind: 'DataPlane', namespace: 'acme', name: 'default' };
const sharedDefault = { kind: 'ClusterDataPlane', name: 'default' };
const nothing: ReferenceResolver = () => 'missing';

function kind(planeKind: string, name: string): ReferrerKind {
  const found = referrerKindsOf(planeKind).find((one) => one.kind === name);
  if (!found) throw new Error(`No ${name} refers to a ${planeKind}.`);
  return found;
}
const environments = kind('DataPlane', 'Environment');
const environment = (dataPlaneRef?: unknown, namespace = 'acme') => ({
  metadata: { name: 'staging', namespace },
  spec: { dataPlaneRef },
});
const explicit = { kind: 'Environment', namespace: 'acme', name: 'staging', via: 'explicit' };

test('referrerKindsOf returns the kinds that can refer to a plane', () => {
  const namesOf = (planeKind: string) => referrerKindsOf(planeKind).map((one) => one.kind);
  expect(namesOf('DataPlane')).toEqual(['Environment']);
  expect(namesOf('ClusterDataPlane')).toEqual(['Environment']);
  expect(namesOf('WorkflowPlane')).toEqual(['Workflow']);
  expect(namesOf('ClusterWorkflowPlane')).toEqual(['Workflow', 'ClusterWorkflow']);
  expect(namesOf('BuildPlane')).toEqual([]);
  expect(namesOf('ObservabilityPlane')).toEqual([]);
});

describe('an Environment', () => {
  test('refers by kind and name, or by the plain name of a data plane in its namespace', () => {
    const byName = environment('prod');
    const byReference = environment({ kind: 'DataPlane', name: 'prod' });
    expect(referrerOf(byName, environments, prod, nothing)).toEqual(explicit);
    expect(referrerOf(byReference, environments, prod, nothing)).toEqual(explicit);
  });

  test.each([
    ['another name', environment('staging')],
    ['another kind', environment({ kind: 'ClusterDataPlane', name: 'prod' })],
    ['another namespace', environment('prod', 'other')],
    ['no readable form', 'text'],
  ])("with %s doesn't refer to the plane", (_, object) => {
    expect(referrerOf(object, environments, prod, nothing)).toBeNull();
  });

  test.each([[undefined], ['']])('with the reference %j uses the default of its namespace', (reference) => {
    const via = { ...explicit, via: 'default' };
    expect(referrerOf(environment(reference), environments, ownDefault, nothing)).toEqual(via);
    expect(referrerOf(environment(reference), environments, prod, nothing)).toBeNull();
  });

  test('uses the cluster-wide default only if its namespace is known to have none', () => {
    const refer = (resolveReference: ReferenceResolver) =>
      referrerOf(environment(), environments, sharedDefault, resolveReference)?.via;
    expect(refer(nothing)).toBe('default');
    expect(refer(() => 'found')).toBeUndefined();
    expect(refer(() => 'not-visible')).toBeUndefined();
  });
});

describe('a workflow', () => {
  const shared = { kind: 'ClusterWorkflowPlane', name: 'default' };
  const own = { kind: 'WorkflowPlane', namespace: 'acme', name: 'default' };
  const workflow = (workflowPlaneRef?: unknown) => ({
    metadata: { name: 'build', namespace: 'acme' },
    spec: { workflowPlaneRef },
  });

  test('without a reference uses the cluster-wide default, never one of its namespace', () => {
    const workflows = kind('ClusterWorkflowPlane', 'Workflow');
    expect(referrerOf(workflow(), workflows, shared, () => 'found')?.via).toBe('default');
    expect(referrerOf(workflow(), workflows, own, () => 'found')).toBeNull();
  });

  test('that is cluster-wide has no namespace', () => {
    const clusterWide = kind('ClusterWorkflowPlane', 'ClusterWorkflow');
    const object = { metadata: { name: 'build' }, spec: {} };
    expect(referrerOf(object, clusterWide, shared, nothing)).toEqual({
      kind: 'ClusterWorkflow',
      name: 'build',
      via: 'default',
    });
  });
});
