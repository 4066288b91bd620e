import { agentsMessage } from '@/demo/controllers/plane-status';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';

/** A plane's status as a controller writes it. */
export type PlaneStatus = Readonly<Record<string, unknown>>;

/** A time in the past, in Kubernetes' format. */
export function timeAgo(ms: number): string {
  return formatRfc3339(Date.now() - ms);
}

/** A time in the future, in Kubernetes' format. */
export function timeIn(ms: number): string {
  return timeAgo(-ms);
}

/** A connected agent with heartbeats: healthy. `heartbeatAgoMs` is the current age of the last heartbeat. */
export function connectedStatus({ agents = 1, heartbeatAgoMs = 5 * SECOND_MS } = {}): PlaneStatus {
  return {
    observedGeneration: 1,
    agentConnection: {
      connected: true,
      connectedAgents: agents,
      lastConnectedTime: timeAgo(2 * DAY_MS),
      lastHeartbeatTime: timeAgo(heartbeatAgoMs),
      message: agentsMessage(agents),
    },
    conditions: [condition('Created', 'True', 'PlaneCreated', 'Plane is created', 2 * DAY_MS)],
  };
}

/** Still reports a connected agent, but the heartbeat is eight days old. */
export function frozenStatus(): PlaneStatus {
  return connectedStatus({ heartbeatAgoMs: 8 * DAY_MS });
}

/** The agent has disconnected. */
export function lostStatus(agoMs = 5 * HOUR_MS): PlaneStatus {
  return {
    observedGeneration: 1,
    agentConnection: {
      connected: false,
      connectedAgents: 0,
      lastConnectedTime: timeAgo(9 * DAY_MS),
      lastHeartbeatTime: timeAgo(agoMs + MINUTE_MS),
      lastDisconnectedTime: timeAgo(agoMs),
      message: agentsMessage(0),
    },
  };
}

/** Connected without any heartbeat: unknown. */
export function unprovenStatus(): PlaneStatus {
  return { observedGeneration: 1, agentConnection: { connected: true, connectedAgents: 1 } };
}

/** Connected and heartbeating, but a documented condition is False. */
export function notReadyStatus(message: string): PlaneStatus {
  const conditions = [condition('Ready', 'False', 'ProvisioningFailed', message, 18 * HOUR_MS)];
  return { ...connectedStatus(), conditions };
}

/** A metav1.Condition whose status last changed `forMs` ago. */
export function condition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  forMs: number,
): Record<string, unknown> {
  return { type, status, reason, message, lastTransitionTime: timeAgo(forMs), observedGeneration: 1 };
}
