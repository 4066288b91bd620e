import type { PlaneStatus, StatusAgentConnection, StatusCondition } from '@/demo/controllers/plane-object';
import { seconds } from '@/demo/controllers/plane-status';
import type { Release } from '@/demo/crds/profiles';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Sample } from './sample';

/**
 * The status that the controllers had written by the time the demo starts, or undefined for a plane that never got one
 * or whose kind has none.
 */
export function pastStatus(
  sample: Sample,
  release: Release,
  nowMs: number,
): Record<string, unknown> | undefined {
  const { history, kind, illegal } = sample;
  const isOld = release === '0.3' || release === '0.7';
  if (isOld && kind === 'BuildPlane') return undefined;
  if (!history && !illegal?.status) return undefined;
  const status: PlaneStatus = {
    observedGeneration: 1,
    conditions: conditions(sample, nowMs),
    ...(history?.connected === undefined || !kindOfName(kind)
      ? {}
      : { agentConnection: agent(sample, nowMs) }),
  };
  return { ...status, ...illegal?.status };
}

function conditions({ kind, history, ageMs }: Sample, nowMs: number): StatusCondition[] {
  const created: StatusCondition = {
    type: 'Created',
    status: 'True',
    reason: `${kind}Created`,
    message: `${kind} is created`,
    lastTransitionTime: seconds(nowMs - ageMs),
    observedGeneration: 1,
  };
  const further = (history?.conditions ?? []).map(({ agoMs, ...condition }) => ({
    ...condition,
    lastTransitionTime: seconds(nowMs - agoMs),
    observedGeneration: 1,
  }));
  return [created, ...further];
}

function agent({ history = {} }: Sample, nowMs: number): StatusAgentConnection {
  const { connected = false, agents = 0 } = history;
  const at = (name: string, agoMs: number | undefined) =>
    agoMs === undefined ? {} : { [name]: seconds(nowMs - agoMs) };
  const several = agents > 1 ? `${agents} agents connected (HA mode)` : '1 agent connected';
  return {
    connected,
    connectedAgents: agents,
    message: agents === 0 ? 'No agents connected' : several,
    ...at('lastConnectedTime', history.connectedAgoMs),
    ...at('lastDisconnectedTime', history.disconnectedAgoMs),
    ...at('lastHeartbeatTime', history.heartbeatAgoMs),
  };
}
