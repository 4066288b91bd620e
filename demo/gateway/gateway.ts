import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import type { KeyPairPem } from '@/demo/pki/certificate-authority';
import { type AgentConnection, type AgentKey, AgentRegistry, isSameKey } from './agent-registry';
import { SimulatedAgents } from './simulated-agents';
import type { Timing } from './timing';

const MAX_MESSAGE_BYTES = 64 * 1024;

/** What the gateway reports to an agent about one plane of its planeID. */
export interface PlaneVerdict {
  readonly plane: string;
  readonly accepted: boolean;
  readonly reason?: string;
}

/** Returns the planes of an agent's planeID, and whether their CAs accept its certificate. */
export type FindVerdicts = (agent: AgentConnection) => readonly PlaneVerdict[];

/**
 * The simulated cluster gateway: a real WebSocket server with mutual TLS. It admits every agent that presents a
 * certificate, a plane type and a planeID. Each plane's CA decides whether it accepts that certificate.
 */
export class Gateway {
  readonly registry = new AgentRegistry();
  readonly agents: SimulatedAgents;
  /** Set by the controllers, which know the planes. Until then, agents get no verdicts. */
  findVerdicts: FindVerdicts = () => [];
  private server: Server | null = null;
  private readonly sockets = new Map<WebSocket, AgentConnection>();
  private lastPort = 0;

  constructor(
    private readonly serving: KeyPairPem,
    private readonly timing: Timing,
  ) {
    this.agents = new SimulatedAgents(this.registry, timing);
  }

  get isUp(): boolean {
    return this.server !== null;
  }

  get url(): string {
    return `wss://127.0.0.1:${this.lastPort}/ws`;
  }

  /** Listens on the loopback interface, by default on the previous port. Every simulated agent connects. */
  async start(port = this.lastPort): Promise<void> {
    if (this.server) return;
    const server = createServer({
      cert: this.serving.certPem,
      key: this.serving.keyPem,
      // Each plane's CA decides about a certificate later. The handshake only proves that the agent has its key.
      requestCert: true,
      rejectUnauthorized: false,
      // A resumed session wouldn't include the certificate.
      secureOptions: constants.SSL_OP_NO_TICKET,
    });
    const webSockets = new WebSocketServer({ server, path: '/ws', maxPayload: MAX_MESSAGE_BYTES });
    webSockets.on('connection', (socket, request) =>
      this.accept(socket, request.socket as TLSSocket, request.url),
    );
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.lastPort = (server.address() as AddressInfo).port;
    this.server = server;
    this.agents.gatewayStarted();
  }

  /** Acts as if the process died: every connection breaks, and agents can't reconnect until `start`. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    this.agents.gatewayStopped();
    this.registry.disconnectAll();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    for (const socket of this.sockets.keys()) socket.terminate();
    await closed;
  }

  /** Sends the verdicts to the real agents of a key again, because a CA may have changed. */
  announceVerdicts(key: AgentKey): void {
    for (const [socket, agent] of this.sockets) if (isSameKey(agent, key)) this.sendVerdicts(socket, agent);
  }

  private accept(socket: WebSocket, tls: TLSSocket, url = ''): void {
    const query = new URL(url, 'wss://gateway').searchParams;
    const planeType = query.get('planeType');
    const planeID = query.get('planeID');
    const certificate = tls.getPeerX509Certificate();
    if (!planeType || !planeID || !certificate) {
      socket.close(1008, certificate ? 'planeType and planeID are required' : 'a certificate is required');
      return;
    }
    let lastAnswerMs = Date.now();
    const agent: AgentConnection = {
      planeType,
      planeID,
      certificate,
      lastHeartbeatMs: () => lastAnswerMs,
      disconnect: () => socket.close(1012, 'the gateway disconnected this plane'),
    };
    this.registry.add(agent);
    this.sockets.set(socket, agent);
    socket.on('pong', () => {
      lastAnswerMs = Date.now();
    });
    const ping = setInterval(() => {
      if (Date.now() - lastAnswerMs > this.timing.dropAfterMs) socket.terminate();
      else socket.ping();
    }, this.timing.pingMs);
    // Ignored, because a `close` event follows and cleans up.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(ping);
      this.registry.remove(agent);
      this.sockets.delete(socket);
    });
    this.sendVerdicts(socket, agent);
  }

  private sendVerdicts(socket: WebSocket, agent: AgentConnection): void {
    socket.send(JSON.stringify({ type: 'verdicts', planes: this.findVerdicts(agent) }));
  }
}
