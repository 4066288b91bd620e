import type { PlaneStatus, StatusAgentConnection, StatusCondition } from '@/demo/controllers/plane-object';
import { agentsMessage, createdCondition } from '@/demo/controllers/plane-status';
import type { Release } from '@/demo/crds/profiles';
import { kindOfName } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import type { Sample } from './sample';

/**
 * Returns the status that the controllers wrote before the demo's start, or undefined if the plane never got one or
 * its kind has none.
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
  const further = (history?.conditions ?? []).map(({ agoMs, ...condition }) => ({
    ...condition,
    lastTransitionTime: formatRfc3339(nowMs - agoMs),
    observedGeneration: 1,
  }));
  return [createdCondition(kind, nowMs - ageMs, 1), ...further];
}

function agent({ history = {} }: Sample, nowMs: number): StatusAgentConnection {
  const { connected = false, agents = 0 } = history;
  const at = (name: string, agoMs: number | undefined) =>
    agoMs === undefined ? {} : { [name]: formatRfc3339(nowMs - agoMs) };
  return {
    connected,
    connectedAgents: agents,
    message: agentsMessage(agents),
    ...at('lastConnectedTime', history.connectedAgoMs),
    ...at('lastDisconnectedTime', history.disconnectedAgoMs),
    ...at('lastHeartbeatTime', history.heartbeatAgoMs),
  };
}
