import type { KindDefinition } from '@/demo/crds/definition';
import { agentPlane, observabilityUrls } from '@/demo/crds/fragments/agent-planes';
import { environmentByReference } from '@/demo/crds/fragments/environment';
import { directionalGateway } from '@/demo/crds/fragments/gateway';
import { workflowKinds } from '@/demo/crds/fragments/workflow';

/** Releases 1.0 and later: workflow planes instead of build planes. The cost agent came with 1.1. */
export function release1({ finOps }: { finOps: boolean }): KindDefinition[] {
  const data = { gateway: directionalGateway() };
  const urls = observabilityUrls({ finOps });
  return [
    agentPlane('DataPlane', 'secretKeyRef', data),
    agentPlane('ClusterDataPlane', 'secretKeyRef', data),
    agentPlane('WorkflowPlane', 'secretKeyRef'),
    agentPlane('ClusterWorkflowPlane', 'secretKeyRef'),
    agentPlane('ObservabilityPlane', 'secretKeyRef', urls),
    agentPlane('ClusterObservabilityPlane', 'secretKeyRef', urls),
    environmentByReference(),
    ...workflowKinds(),
  ];
}
