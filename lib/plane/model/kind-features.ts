/** The features of a plane kind's installed schema, read from the schema and never derived from a release number. */
export interface KindFeatures {
  /** Whether the schema could be read. If not, the other fields mean nothing. */
  readonly known: boolean;
  /** `spec.planeID` (0.9 and later). */
  readonly planeID: boolean;
  /** `status.agentConnection` (0.12 and later). */
  readonly agentConnection: boolean;
  /** `spec.clusterAgent`: every plane has an agent. */
  readonly clusterAgent: boolean;
  /** `spec.agent`: a plane has an agent if it is enabled. */
  readonly optionalAgent: boolean;
  /** `spec.kubernetesCluster`: the control plane can call the cluster directly. */
  readonly directAccess: boolean;
}

/**
 * Returns whether the agent charts of the kind's release are known: those since planeID (0.9) take the same values and
 * renew certificates at the same time.
 */
export function hasKnownCharts({ clusterAgent, planeID }: KindFeatures): boolean {
  return clusterAgent && planeID;
}
