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
  /** How long it waits before it dials again. */
  readonly reconnectMs?: number;
  readonly onConnected: () => void;
  /** What the planes of this planeID say to the certificate; told again when it changes. */
  readonly onVerdicts: (verdicts: Verdicts) => void;
  /** The connection is gone, or could not be made. It is tried again until `stop`. */
  readonly onLost: (why: string) => void;
}

const DEFAULT_RECONNECT_MS = 5_000;

/** An agent over a real connection: it dials in, answers pings, and comes back until it is stopped. */
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
    let why = '';
    socket.on('open', () => this.options.onConnected());
    socket.on('message', (data) => {
      const message = verdictsSchema.safeParse(JSON.parse(data.toString()));
      if (message.success) this.options.onVerdicts(message.data.planes);
    });
    socket.on('error', (error) => {
      why = error.message;
    });
    socket.on('close', (_code, reason) => {
      this.socket = null;
      if (this.stopped) return;
      this.options.onLost(why || reason.toString() || 'the gateway closed the connection');
      this.retry = setTimeout(() => this.start(), this.options.reconnectMs ?? DEFAULT_RECONNECT_MS);
    });
  }

  stop(): void {
    this.stopped = true;
    if (this.retry) clearTimeout(this.retry);
    this.socket?.close(1000);
  }
}
