import { X509Certificate } from 'node:crypto';
import type { AgentConnection, AgentKey, AgentRegistry } from './agent-registry';
import type { Timing } from './timing';

/** An agent without a socket: it costs a few objects, so a fleet of 10,000 is cheap. Its certificate is real. */
export interface SimulatedAgentSpec extends AgentKey {
  readonly certPem: string;
}

interface SimulatedAgent {
  readonly key: AgentKey;
  readonly certificate: X509Certificate;
  /** Where in the rhythm of pings it stands, so that not all answer in one moment. */
  readonly phaseMs: number;
  connection: AgentConnection | null;
  retry: NodeJS.Timeout | null;
  hungSinceMs: number | null;
}

/** The agents of the sample fleet: they connect, answer pings, and come back when they are dropped. */
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

  /** A new agent; it connects at once if the gateway is up. */
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

  /** The agents of a key are gone for good: their cluster was switched off. Returns how many there were. */
  remove(key: AgentKey): number {
    const removed = this.agents.filter((agent) => isOf(agent, key));
    for (const agent of removed) {
      this.agents.splice(this.agents.indexOf(agent), 1);
      this.disconnect(agent);
      if (agent.retry) clearTimeout(agent.retry);
    }
    return removed.length;
  }

  /** The agents of a key stop answering but keep their connection, until the gateway notices. */
  hang(key: AgentKey): void {
    for (const agent of this.agents) if (isOf(agent, key)) agent.hungSinceMs = Date.now();
    this.scheduleDrop(key);
  }

  /** The gateway listens: everybody connects. */
  gatewayStarted(): void {
    this.gatewayIsUp = true;
    for (const agent of this.agents) this.connect(agent);
  }

  /** The gateway is gone, and with it every connection. */
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
