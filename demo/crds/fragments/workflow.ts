import type { KindDefinition } from '@/demo/crds/definition';
import { object, required, string } from '@/demo/crds/schema';

/** Workflow and ClusterWorkflow of release 1.0 and later, as far as they refer to a workflow plane. */
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
    description: 'A workflow that runs on a workflow plane.',
    spec: object({
      workflowPlaneRef: object(
        {
          kind: required(string('Kind of the workflow plane.', { enum: planeKinds })),
          name: required(string('Name of the workflow plane.')),
        },
        'The workflow plane. Where it is absent, the ClusterWorkflowPlane named "default" is used.',
      ),
    }),
    status: object({}),
  });
  return [
    definition('Workflow', 'Namespaced', ['WorkflowPlane', 'ClusterWorkflowPlane']),
    definition('ClusterWorkflow', 'Cluster', ['ClusterWorkflowPlane']),
  ];
}
