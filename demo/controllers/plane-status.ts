import type { GatewayAnswer } from '@/demo/gateway/gateway-replicas';
import { formatRfc3339 } from '@/lib/plane/time/age';
import type {
  PlaneObject,
  PlaneStatus,
  SimulatedKind,
  StatusAgentConnection,
  StatusCondition,
} from './plane-object';

/** A merge patch of `status.agentConnection`; null removes a field. */
type AgentConnectionPatch = Omit<StatusAgentConnection, 'lastHeartbeatTime'> & {
  readonly lastHeartbeatTime?: string | null;
};

type StatusPatch = Omit<PlaneStatus, 'agentConnection'> & { readonly agentConnection?: AgentConnectionPatch };

/**
 * Returns what a controller writes to a plane's status now, as a merge patch of `status`.
 *
 * Namespaced kinds update observedGeneration with every change, cluster kinds only set it at creation. Times say when
 * the controller noticed a change, not when it happened.
 *
 * @param view the gateway's answer about this plane; null on kinds that report no agents
 */
export function statusPatch(
  plane: PlaneObject,
  kind: SimulatedKind,
  view: GatewayAnswer | null,
  nowMs: number,
): StatusPatch {
  const { status } = plane;
  const generation = plane.metadata.generation ?? 1;
  const observed =
    kind.hasConditions && (kind.entry.scope === 'Namespaced' || status?.observedGeneration === undefined)
      ? { observedGeneration: generation }
      : {};
  const conditions = kind.hasConditions ? withCreated(plane, kind, nowMs) : undefined;
  return {
    ...observed,
    ...(conditions ? { conditions } : {}),
    ...(view ? { agentConnection: connectionStatus(status?.agentConnection, view, nowMs) } : {}),
  };
}

/** Adds Created=True to the conditions. Returns undefined if the condition exists. */
function withCreated(plane: PlaneObject, kind: SimulatedKind, nowMs: number): StatusCondition[] | undefined {
  const conditions = plane.status?.conditions ?? [];
  if (conditions.some((condition) => condition.type === 'Created')) return undefined;
  return [...conditions, createdCondition(kind.entry.kind, nowMs, plane.metadata.generation ?? 1)];
}

/** Created=True, the condition that every controller sets first. */
export function createdCondition(kind: string, atMs: number, observedGeneration: number): StatusCondition {
  return {
    type: 'Created',
    status: 'True',
    reason: `${kind}Created`,
    message: `${kind} is created`,
    lastTransitionTime: formatRfc3339(atMs),
    observedGeneration,
  };
}

function connectionStatus(
  before: StatusAgentConnection | undefined,
  { agents, lastHeartbeatMs }: GatewayAnswer,
  nowMs: number,
): AgentConnectionPatch {
  const connected = agents > 0;
  const wasConnected = before?.connected === true;
  return {
    connected,
    connectedAgents: agents,
    message: agentsMessage(agents),
    ...(connected && !wasConnected ? { lastConnectedTime: formatRfc3339(nowMs) } : {}),
    ...(!connected && wasConnected ? { lastDisconnectedTime: formatRfc3339(nowMs) } : {}),
    ...(lastHeartbeatMs !== null ? { lastHeartbeatTime: formatRfc3339(lastHeartbeatMs) } : {}),
    // A replica that doesn't hold the agent's connection reports no time, and the controller writes that.
    ...(connected && lastHeartbeatMs === null ? { lastHeartbeatTime: null } : {}),
  };
}

/** The status message for a number of connected agents. */
export function agentsMessage(agents: number): string {
  if (agents === 0) return 'No agents connected';
  return agents === 1 ? '1 agent connected' : `${agents} agents connected (HA mode)`;
}

/** Adds the condition that says why a data plane can't be deleted yet, as releases 1.0 and later write it. */
export function deletionBlocked(plane: PlaneObject, environments: number, nowMs: number): StatusCondition[] {
  const others = (plane.status?.conditions ?? []).filter((condition) => condition.type !== 'Finalizing');
  const before = plane.status?.conditions?.find((condition) => condition.type === 'Finalizing');
  return [
    ...others,
    {
      type: 'Finalizing',
      status: 'False',
      reason: 'DeletionBlocked',
      message: `Deletion blocked: dataplane is still referenced by ${environments} environment(s)`,
      lastTransitionTime: before?.status === 'False' ? before.lastTransitionTime : formatRfc3339(nowMs),
      observedGeneration: plane.metadata.generation ?? 1,
    },
  ];
}
