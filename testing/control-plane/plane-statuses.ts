import { agentsMessage } from '@/demo/controllers/plane-status';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';

/** What a controller writes: the status of a plane. */
export type PlaneStatus = Readonly<Record<string, unknown>>;

/** The time so long before now, as Kubernetes stores times. */
export function timeAgo(ms: number): string {
  return formatRfc3339(Date.now() - ms);
}

/** The time so long from now, as Kubernetes stores times. */
export function timeIn(ms: number): string {
  return timeAgo(-ms);
}

/** An agent that heartbeats: green. `heartbeatAgoMs` is how old its heartbeat is at this moment. */
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

/** Still says connected, but its heartbeat is eight days old. */
export function frozenStatus(): PlaneStatus {
  return connectedStatus({ heartbeatAgoMs: 8 * DAY_MS });
}

/** An agent was connected and has disconnected. */
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

/** A metav1.Condition that has been so for `forMs`. */
export function condition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  forMs: number,
): Record<string, unknown> {
  return { type, status, reason, message, lastTransitionTime: timeAgo(forMs), observedGeneration: 1 };
}
