/** What the installed schema of a plane kind can express; read from the schema, never from a release number. */
export interface KindFeatures {
  /** Whether the schema could be read; if not, none of the others says anything. */
  readonly known: boolean;
  /** `spec.planeID` (0.9 and later). */
  readonly planeID: boolean;
  /** `status.agentConnection` (0.12 and later). */
  readonly agentConnection: boolean;
  /** `spec.clusterAgent`: every plane has an agent. */
  readonly clusterAgent: boolean;
  /** `spec.agent`: a plane has an agent when it is enabled. */
  readonly optionalAgent: boolean;
  /** `spec.kubernetesCluster`: the control plane can call the cluster directly. */
  readonly directAccess: boolean;
}
