import type { KindDefinition } from '@/demo/crds/kind-definition';
import { boolean, object, required, string } from '@/demo/crds/schema';

const names = {
  kind: 'Environment',
  plural: 'environments',
  singular: 'environment',
  shortNames: ['env', 'envs'],
  scope: 'Namespaced',
  description: 'Environment on a data plane that applications are deployed to.',
} as const;
const isProduction = boolean('Whether this environment serves production.');
const status = object({});
const IMMUTABLE = 'dataPlaneRef is immutable once set';

/** Environment up to 0.14: the reference to the data plane is a plain string. From 0.4 on, it can't be changed. */
export function environmentByName({ immutable }: { immutable: boolean }): KindDefinition {
  const rule =
    '!has(oldSelf.dataPlaneRef) || size(oldSelf.dataPlaneRef) == 0 || oldSelf.dataPlaneRef == self.dataPlaneRef';
  return {
    ...names,
    spec: object(
      { dataPlaneRef: string('Name of the data plane.'), isProduction },
      undefined,
      immutable ? { 'x-kubernetes-validations': [{ rule, message: IMMUTABLE }] } : {},
    ),
    status,
  };
}

/** Environment from 0.15 on: the reference has a kind and a name. */
export function environmentByReference(): KindDefinition {
  const rule = '!has(oldSelf.dataPlaneRef) || oldSelf.dataPlaneRef == self.dataPlaneRef';
  return {
    ...names,
    spec: object(
      {
        dataPlaneRef: object(
          {
            kind: required(string('Kind of the data plane.', { enum: ['DataPlane', 'ClusterDataPlane'] })),
            name: required(string('Name of the data plane.')),
          },
          'Data plane. Defaults to the one named "default".',
        ),
        isProduction,
      },
      undefined,
      { 'x-kubernetes-validations': [{ rule, message: IMMUTABLE }] },
    ),
    status,
  };
}

/** Workflow and ClusterWorkflow of release 1.0 and later, with only their reference to a workflow plane. */
export function workflowKinds(): KindDefinition[] {
  const definition = (
    kind: string,
    scope: 'Namespaced' | 'Cluster',
    planeKinds: string[],
  ): KindDefinition => ({
    kind,
    plural: `${kind.toLowerCase()}s`,
    singular: kind.toLowerCase(),
    scope,
    description: 'Workflow that runs on a workflow plane.',
    spec: object({
      workflowPlaneRef: object(
        {
          kind: required(string('Kind of the workflow plane.', { enum: planeKinds })),
          name: required(string('Name of the workflow plane.')),
        },
        'Workflow plane. Defaults to the ClusterWorkflowPlane named "default".',
      ),
    }),
    status: object({}),
  });
  return [
    definition('Workflow', 'Namespaced', ['WorkflowPlane', 'ClusterWorkflowPlane']),
    definition('ClusterWorkflow', 'Cluster', ['ClusterWorkflowPlane']),
  ];
}
