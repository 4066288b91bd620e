/** How OpenChoreo's cluster gateway is deployed, as far as it could be read. */
export interface GatewayShape {
  /** The replicas that its Deployment is set to; null: unknown. */
  readonly replicas: number | null;
  /** Whether the Service exists through which replicas exchange their agents (1.2.4 and later); null: unknown. */
  readonly mesh: boolean | null;
}

export const UNKNOWN_GATEWAY: GatewayShape = { replicas: null, mesh: null };

/** Returns whether the gateway has several replicas, so a status may lack a heartbeat that another replica knows. */
export function hasSeveralReplicas({ replicas, mesh }: GatewayShape): boolean {
  return mesh === true || (replicas !== null && replicas > 1);
}

/** Returns whether the gateway is known to be one replica without a mesh, so it knows every heartbeat. */
export function isSingleReplica({ replicas, mesh }: GatewayShape): boolean {
  return mesh === false && replicas !== null && replicas <= 1;
}

/** Returns whether replicas run that don't know each other's agents, so each status is what one of them knows. */
export function isSplit({ replicas, mesh }: GatewayShape): boolean {
  return mesh === false && replicas !== null && replicas > 1;
}
