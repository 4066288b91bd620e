import { X509Certificate } from 'node:crypto';
import type { AgentConnection, AgentKey, AgentRegistry } from './agent-registry';
import type { Timing } from './timing';

/** An agent without a socket. It only takes a few objects, so a fleet of 10,000 is cheap. Its certificate is real. */
export interface SimulatedAgentSpec extends AgentKey {
  readonly certPem: string;
}

interface SimulatedAgent {
  readonly key: AgentKey;
  readonly certificate: X509Certificate;
  /** An offset in the ping interval, so the agents don't all answer at the same time. */
  readonly phaseMs: number;
  connection: AgentConnection | null;
  retry: NodeJS.Timeout | null;
  hungSinceMs: number | null;
}

/** The agents of the sample fleet. They connect, answer pings, and reconnect after a disconnect. */
export class SimulatedAgents {
  private readonly agents: SimulatedAgent[] = [];
  private readonly certificates = new Map<string, X509Certificate>();
  private gatewayIsUp = false;

  constructor(
    private readonly registry: AgentRegistry,
    private readonly timing: Timing,
  ) {}

  get count(): number {
    return this.agents.length;
  }

  /** Adds an agent. It connects at once if the gateway is up. */
  add({ planeType, planeID, certPem }: SimulatedAgentSpec): void {
    let certificate = this.certificates.get(certPem);
    if (!certificate) {
      certificate = new X509Certificate(certPem);
      this.certificates.set(certPem, certificate);
    }
    const agent: SimulatedAgent = {
      key: { planeType, planeID },
      certificate,
      phaseMs: Math.random() * this.timing.pingMs,
      connection: null,
      retry: null,
      hungSinceMs: null,
    };
    this.agents.push(agent);
    if (this.gatewayIsUp) this.connect(agent);
  }

  /** Removes the agents of a key for good, as if their cluster was switched off. Returns their number. */
  remove(key: AgentKey): number {
    const removed = this.agents.filter((agent) => isOf(agent, key));
    for (const agent of removed) {
      this.agents.splice(this.agents.indexOf(agent), 1);
      this.disconnect(agent);
      if (agent.retry) clearTimeout(agent.retry);
    }
    return removed.length;
  }

  /** Makes the agents of a key stop answering. Their connections stay open until the gateway drops them. */
  hang(key: AgentKey): void {
    for (const agent of this.agents) if (isOf(agent, key)) agent.hungSinceMs = Date.now();
    this.scheduleDrop(key);
  }

  /** Connects all agents, because the gateway is up. */
  gatewayStarted(): void {
    this.gatewayIsUp = true;
    for (const agent of this.agents) this.connect(agent);
  }

  /** Disconnects all agents, because the gateway is down. */
  gatewayStopped(): void {
    this.gatewayIsUp = false;
    for (const agent of this.agents) {
      this.disconnect(agent);
      if (agent.retry) clearTimeout(agent.retry);
      agent.retry = null;
    }
  }

  private connect(agent: SimulatedAgent): void {
    if (agent.connection || agent.hungSinceMs !== null) return;
    const connection: AgentConnection = {
      ...agent.key,
      certificate: agent.certificate,
      lastHeartbeatMs: (nowMs) => {
        const untilMs = agent.hungSinceMs ?? nowMs;
        return untilMs - ((untilMs + agent.phaseMs) % this.timing.pingMs);
      },
      disconnect: () => {
        agent.connection = null;
        this.scheduleReturn(agent);
      },
    };
    agent.connection = connection;
    this.registry.add(connection);
  }

  private disconnect(agent: SimulatedAgent): void {
    if (agent.connection) this.registry.remove(agent.connection);
    agent.connection = null;
  }

  private scheduleReturn(agent: SimulatedAgent): void {
    if (!this.gatewayIsUp || agent.retry) return;
    agent.retry = setTimeout(() => {
      agent.retry = null;
      if (this.gatewayIsUp && this.agents.includes(agent)) this.connect(agent);
    }, this.timing.reconnectMs);
    agent.retry.unref();
  }

  private scheduleDrop(key: AgentKey): void {
    const drop = () => {
      for (const agent of this.agents)
        if (isOf(agent, key) && agent.hungSinceMs !== null) this.disconnect(agent);
    };
    setTimeout(drop, this.timing.dropAfterMs).unref();
  }
}

function isOf(agent: SimulatedAgent, { planeType, planeID }: AgentKey): boolean {
  return agent.key.planeType === planeType && agent.key.planeID === planeID;
}
