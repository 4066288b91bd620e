import type { AgentConnection } from './agent-registry';

/** How the gateway is deployed. */
export interface GatewayShape {
  readonly replicas: number;
  /** Whether the replicas exchange which agents they hold, as from 1.2.4 on. */
  readonly mesh: boolean;
}

export const SINGLE_REPLICA: GatewayShape = { replicas: 1, mesh: false };

/** The answer of the gateway to a controller that requests the state of one plane. */
export interface GatewayAnswer {
  readonly agents: number;
  /** The latest heartbeat that the answering replica knows, milliseconds since the epoch; null: none. */
  readonly lastHeartbeatMs: number | null;
}

/**
 * The replicas of the gateway. Each agent is connected to one of them. A controller reaches any of them: without a
 * mesh, it knows only its own agents; with one, it counts all agents but knows only its own agents' heartbeats.
 */
export class GatewayReplicas {
  shape = SINGLE_REPLICA;
  /** The replica that answers controllers; null: a random one each time, as behind a Service. */
  answering: number | null = null;
  private readonly holders = new WeakMap<AgentConnection, number>();
  private connected = 0;

  /** Returns the replica that holds a connection. Replicas take turns. */
  holderOf(agent: AgentConnection): number {
    const known = this.holders.get(agent);
    if (known !== undefined) return known;
    const holder = this.connected % this.shape.replicas;
    this.connected += 1;
    this.holders.set(agent, holder);
    return holder;
  }

  /** Answers a controller about the agents of one plane. */
  answer(agents: readonly AgentConnection[], nowMs: number): GatewayAnswer {
    const { replicas, mesh } = this.shape;
    const replica = this.answering ?? Math.floor(Math.random() * replicas);
    const own = agents.filter((agent) => this.holderOf(agent) === replica);
    const heartbeats = own.map((agent) => agent.lastHeartbeatMs(nowMs));
    return {
      agents: mesh ? agents.length : own.length,
      lastHeartbeatMs: heartbeats.length === 0 ? null : Math.max(...heartbeats),
    };
  }
}
