import type { PlaneKindName } from '@/lib/plane/model/kinds';

/** What differs between the releases in which every plane has an agent. */
export interface AgentProfile {
  readonly pipeline: Extract<PlaneKindName, 'BuildPlane' | 'WorkflowPlane'>;
  readonly clusterPipeline: Extract<PlaneKindName, 'ClusterBuildPlane' | 'ClusterWorkflowPlane'>;
  /** From 1.0 on Environments block the deletion of their data plane. */
  readonly environmentsBlock: boolean;
  /** What a data plane has to say of its gateway. */
  readonly dataSpec: (host: string) => Record<string, unknown>;
}
