import { constants } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import type { KeyPairPem } from '@/demo/pki/certificate-authority';
import { type AgentConnection, type AgentKey, AgentRegistry, isSameKey } from './agent-registry';
import { GatewayReplicas, type GatewayShape } from './gateway-replicas';
import { SimulatedAgents } from './simulated-agents';
import type { Timing } from './timing';

const MAX_MESSAGE_BYTES = 64 * 1024;

/** What the gateway reports to an agent about one plane of its planeID. */
export interface PlaneVerdict {
  readonly plane: string;
  readonly accepted: boolean;
  readonly reason?: string;
}

/** Returns the planes of an agent's planeID, and whether they accept it. */
export type FindVerdicts = (agent: AgentConnection) => readonly PlaneVerdict[];

/** An agent that isn't connected yet. */
export type AgentRequest = AgentKey & Pick<AgentConnection, 'certificate'>;

/** Reads the planes of an agent's planeID again, and returns whether their CAs accept its certificate. */
export type Authorize = (agent: AgentRequest) => Promise<readonly PlaneVerdict[]>;

/**
 * The simulated cluster gateway: a real WebSocket server with mutual TLS. It rejects the handshake of an agent that no
 * plane on its planeID accepts, and tells the others which planes do.
 */
export class Gateway {
  readonly registry = new AgentRegistry();
  readonly agents: SimulatedAgents;
  readonly replicas = new GatewayReplicas();
  /**
   * Whether it has the fault of releases before 1.1.6 and 1.2.2: a new plane doesn't accept an agent that was already
   * connected through an intermediate CA, until the gateway restarts.
   */
  hasIntermediateFault = false;
  /** Set by the controllers, which know the planes. Until then, agents get no verdicts. */
  findVerdicts: FindVerdicts = () => [];
  /** Set by the controllers too. Until then, every agent is admitted. */
  authorize: Authorize | null = null;
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
    const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
    server.on('upgrade', (request, socket: TLSSocket, head) => {
      // Ignored, because the agent may go away during the handshake.
      socket.on('error', () => {});
      this.admit(request, socket).then(
        (agent) => {
          if (agent) webSockets.handleUpgrade(request, socket, head, (open) => this.accept(open, agent));
        },
        () => socket.destroy(),
      );
    });
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

  /** Changes the number of replicas. Agents of a replica that ends lose their connection. */
  setShape(shape: GatewayShape): void {
    this.replicas.shape = shape;
    for (const agent of this.registry.all())
      if (this.replicas.holderOf(agent) >= shape.replicas) this.registry.drop(agent);
  }

  /** Sends the verdicts to the real agents of a key again, because a CA may have changed. */
  announceVerdicts(key: AgentKey): void {
    for (const [socket, agent] of this.sockets) if (isSameKey(agent, key)) this.sendVerdicts(socket, agent);
  }

  /** Returns the agent of a handshake, or responds with an error and returns null. */
  private async admit({ url = '' }: IncomingMessage, socket: TLSSocket): Promise<AgentRequest | null> {
    const { pathname, searchParams } = new URL(url, 'wss://gateway');
    const planeType = searchParams.get('planeType');
    const planeID = searchParams.get('planeID');
    const certificate = socket.getPeerX509Certificate();
    if (pathname !== '/ws') return refuse(socket, 404, 'not found');
    if (!planeType || !planeID) return refuse(socket, 400, 'missing planeType or planeID parameter');
    if (!certificate) return refuse(socket, 401, 'no client certificate presented');
    const agent = { planeType, planeID, certificate };
    const verdicts = await this.authorize?.(agent);
    if (!verdicts || verdicts.some(({ accepted }) => accepted)) return agent;
    // The real gateway's body is a sentence. An agent reads neither.
    return refuse(socket, 401, verdictsMessage(verdicts));
  }

  private accept(socket: WebSocket, { planeType, planeID, certificate }: AgentRequest): void {
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
    socket.send(verdictsMessage(this.findVerdicts(agent)));
  }
}

function verdictsMessage(planes: readonly PlaneVerdict[]): string {
  return JSON.stringify({ type: 'verdicts', planes });
}

/** Ends a handshake with an HTTP error, which WebSocket clients report as a bad handshake. */
function refuse(socket: TLSSocket, status: 400 | 401 | 404, body: string): null {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return null;
}
