import type { PlaneStatus } from './test-planes';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** RFC 3339 as the API server takes it, so long before now; seconds are cut. */
export function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** An agent that heartbeats: green. `heartbeatAgoMs` is how old its heartbeat is at this moment. */
export function connectedStatus({ agents = 1, heartbeatAgoMs = 5 * SECOND_MS } = {}): PlaneStatus {
  return {
    observedGeneration: 1,
    agentConnection: {
      connected: true,
      connectedAgents: agents,
      lastConnectedTime: ago(2 * DAY_MS),
      lastHeartbeatTime: ago(heartbeatAgoMs),
      message: agents === 1 ? '1 agent connected' : `${agents} agents connected (HA mode)`,
    },
    conditions: [condition('Created', 'True', 'PlaneCreated', 'Plane is created', 2 * DAY_MS)],
  };
}

/** Connected as far as the status says, and nothing has confirmed it for eight days. */
export function frozenStatus(): PlaneStatus {
  return connectedStatus({ heartbeatAgoMs: 8 * DAY_MS });
}

/** An agent that was there and is gone. */
export function lostStatus(agoMs = 5 * HOUR_MS): PlaneStatus {
  return {
    observedGeneration: 1,
    agentConnection: {
      connected: false,
      connectedAgents: 0,
      lastConnectedTime: ago(9 * DAY_MS),
      lastHeartbeatTime: ago(agoMs + MINUTE_MS),
      lastDisconnectedTime: ago(agoMs),
      message: 'No agents connected',
    },
  };
}

/** Connected without any heartbeat: nothing can be said of it. */
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
  return { type, status, reason, message, lastTransitionTime: ago(forMs), observedGeneration: 1 };
}
