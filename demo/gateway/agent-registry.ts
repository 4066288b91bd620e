import type { X509Certificate } from 'node:crypto';

/** The gateway's key: planes of one type and planeID are the same physical cluster. */
export interface AgentKey {
  readonly planeType: string;
  readonly planeID: string;
}

/** A connected agent, real or simulated. */
export interface AgentConnection extends AgentKey {
  readonly certificate: X509Certificate;
  /** The time of its last answer, milliseconds since the epoch. */
  lastHeartbeatMs(nowMs: number): number;
  /** Ends the connection. The agent may reconnect. */
  disconnect(): void;
}

/** The gateway's connections, in memory only: a restart of the gateway loses them. */
export class AgentRegistry {
  private readonly byKey = new Map<string, Set<AgentConnection>>();

  add(connection: AgentConnection): void {
    const key = keyOf(connection);
    const connections = this.byKey.get(key) ?? new Set();
    connections.add(connection);
    this.byKey.set(key, connections);
  }

  remove(connection: AgentConnection): void {
    const key = keyOf(connection);
    const connections = this.byKey.get(key);
    connections?.delete(connection);
    if (connections?.size === 0) this.byKey.delete(key);
  }

  /** Returns the agents of a key, regardless of their certificates. */
  of(key: AgentKey): readonly AgentConnection[] {
    return [...(this.byKey.get(keyOf(key)) ?? [])];
  }

  all(): readonly AgentConnection[] {
    return [...this.byKey.values()].flatMap((connections) => [...connections]);
  }

  /** Ends one connection. */
  drop(connection: AgentConnection): void {
    this.remove(connection);
    connection.disconnect();
  }

  /** Ends every connection of a key. Returns their number. */
  disconnect(key: AgentKey): number {
    const connections = this.of(key);
    for (const connection of connections) this.drop(connection);
    return connections.length;
  }

  disconnectAll(): void {
    const connections = this.all();
    this.byKey.clear();
    for (const connection of connections) connection.disconnect();
  }
}

/** Whether two keys name the same physical cluster. */
export function isSameKey(a: AgentKey, b: AgentKey): boolean {
  return a.planeType === b.planeType && a.planeID === b.planeID;
}

function keyOf({ planeType, planeID }: AgentKey): string {
  return `${planeType}/${planeID}`;
}
