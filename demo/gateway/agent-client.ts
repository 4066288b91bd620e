import { WebSocket } from 'ws';
import { z } from '@/lib/zod';
import type { AgentKey } from './agent-registry';

const verdictsSchema = z.object({
  type: z.literal('verdicts'),
  planes: z.array(z.object({ plane: z.string(), accepted: z.boolean(), reason: z.string().optional() })),
});
export type Verdicts = z.infer<typeof verdictsSchema>['planes'];

export interface AgentClientOptions extends AgentKey {
  /** `wss://HOST:PORT/ws`. */
  readonly url: string;
  /** Verifies the gateway. */
  readonly gatewayCaPem: string;
  readonly certPem: string;
  readonly keyPem: string;
  /** The wait before the client reconnects. */
  readonly reconnectMs?: number;
  readonly onConnected: () => void;
  /**
   * Receives this planeID's planes, and whether they accept the certificate. Called again when that changes, and when
   * the gateway rejects the handshake because none does.
   */
  readonly onVerdicts: (verdicts: Verdicts) => void;
  /** The connection broke or failed. The client retries until `stop`. */
  readonly onDisconnected: (reason: string) => void;
}

const DEFAULT_RECONNECT_MS = 5_000;
/** The text of the real agent's WebSocket library for a handshake that the gateway rejects. */
const BAD_HANDSHAKE = 'websocket: bad handshake';

/** An agent over a real connection: it connects, answers pings, and reconnects until it is stopped. */
export class AgentClient {
  private socket: WebSocket | null = null;
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: AgentClientOptions) {}

  start(): void {
    const { url, planeType, planeID, gatewayCaPem, certPem, keyPem } = this.options;
    const target = new URL(url);
    target.searchParams.set('planeType', planeType);
    target.searchParams.set('planeID', planeID);
    const socket = new WebSocket(target, { ca: gatewayCaPem, cert: certPem, key: keyPem });
    this.socket = socket;
    let failure = '';
    socket.on('open', () => this.options.onConnected());
    socket.on('message', (data) => this.receive(data.toString()));
    socket.on('unexpected-response', (_request, response) => {
      failure = BAD_HANDSHAKE;
      response.setEncoding('utf8').on('error', () => {});
      let body = '';
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('close', () => {
        if (!this.stopped) this.receive(body);
        socket.terminate();
      });
    });
    socket.on('error', (error) => {
      failure ||= error.message;
    });
    socket.on('close', (_code, reason) => {
      this.socket = null;
      if (this.stopped) return;
      this.options.onDisconnected(failure || reason.toString() || 'the gateway closed the connection');
      this.retry = setTimeout(() => this.start(), this.options.reconnectMs ?? DEFAULT_RECONNECT_MS);
    });
  }

  private receive(text: string): void {
    const message = verdictsSchema.safeParse(parsed(text));
    if (message.success) this.options.onVerdicts(message.data.planes);
  }

  stop(): void {
    this.stopped = true;
    if (this.retry) clearTimeout(this.retry);
    this.socket?.close(1000);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
