import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Agent as HttpsAgent, request as httpsRequest, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { kubeconfigOf } from './kubeconfig';

/** An answer that the proxy gives in the API server's place. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Defaults to a Kubernetes Status of that code. */
  readonly body?: string;
}

/**
 * Decides about one request: an answer in the API server's place, or undefined to pass it on. `'cut'` ends the connection
 * instead; `'lose-answer'` does so once the API server has answered. A promise holds the request back until it is resolved.
 */
export type FaultRule = (path: string, method: string) => Fault | Promise<Fault>;
export type Fault = FaultAnswer | 'cut' | 'lose-answer' | undefined;

/**
 * Stands before a real API server and ends its TLS, so that tests can break the line in every way: cut it, let it fall
 * silent without closing, delay it, or answer in the API server's place. It calls the API server as the administrator.
 */
export class FaultProxy {
  /** The rule for requests that come from now on; undefined passes all. */
  rule: FaultRule | undefined;
  /** Holds every request back for this long. */
  delayMs = 0;
  /** Paths (with query) of all requests since the start, newest last. */
  readonly seen: string[] = [];
  private silent = false;
  private readonly sockets = new Set<Socket>();
  private readonly silenced = new Set<Socket>();
  private readonly upstream: HttpsAgent;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    credentials: { readonly caPem: string; readonly certPem: string; readonly keyPem: string },
    readonly kubeconfigPath: string,
  ) {
    this.upstream = new HttpsAgent({
      ca: credentials.caPem,
      cert: credentials.certPem,
      key: credentials.keyPem,
    });
    server.on('secureConnection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.sockets.delete(socket));
    });
    server.on('request', (incoming, outgoing) => void this.handle(incoming, outgoing));
  }

  /** @param folder where its kubeconfig is written */
  static async start(controlPlane: ControlPlane, folder: string): Promise<FaultProxy> {
    const authority = await CertificateAuthority.create('fault proxy', { days: 2 });
    const { certPem, keyPem } = await authority.serving(['127.0.0.1'], { days: 1 });
    const server = createServer({ cert: certPem, key: keyPem }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
    const kubeconfigPath = join(folder, 'fault-proxy.kubeconfig');
    await writeFile(
      kubeconfigPath,
      kubeconfigOf(`https://127.0.0.1:${address.port}`, { name: 'fault-proxy', caPem: authority.certPem }),
    );
    return new FaultProxy(
      server,
      new URL(controlPlane.server),
      controlPlane.adminCredentials,
      kubeconfigPath,
    );
  }

  /** Cuts every connection; new ones are served. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Every connection, old and new, falls silent: nothing is closed, nothing comes any more. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of this.sockets) this.silenced.add(socket);
  }

  /** New connections are served again; those that fell silent stay so, as behind a router that lost their state. */
  endSilence(): void {
    this.silent = false;
  }

  async stop(): Promise<void> {
    this.cut();
    this.upstream.destroy();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? '/';
    this.seen.push(path);
    const isSilent = () => this.silenced.has(incoming.socket);
    if (this.silent) this.silenced.add(incoming.socket);
    if (isSilent()) return;
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const answer = await this.rule?.(path, incoming.method ?? 'GET');
    if (answer === 'cut') {
      incoming.socket.destroy();
      return;
    }
    const isOutcomeUnknown = answer === 'lose-answer';
    if (answer && answer !== 'lose-answer') {
      respond(outgoing, answer);
      return;
    }
    const forwarded = httpsRequest({
      agent: this.upstream,
      host: this.target.hostname,
      port: this.target.port,
      method: incoming.method,
      path,
      headers: { ...incoming.headers, host: this.target.host },
    });
    if (isOutcomeUnknown)
      forwarded.on('response', (response) => response.resume().on('end', () => incoming.socket.destroy()));
    this.connect(incoming, outgoing, forwarded, () => isOutcomeUnknown || isSilent());
  }

  private connect(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    forwarded: ClientRequest,
    isSilent: () => boolean,
  ): void {
    incoming.pipe(forwarded);
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    forwarded.on('response', (response) => {
      if (isSilent()) return;
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      outgoing.flushHeaders();
      response.on('data', (chunk: Buffer) => {
        if (!isSilent()) outgoing.write(chunk);
      });
      response.on('end', () => {
        if (!isSilent()) outgoing.end();
      });
      response.on('error', () => outgoing.destroy());
      response.on('close', () => {
        if (!response.complete && !isSilent()) outgoing.destroy();
      });
    });
  }
}

function respond(outgoing: ServerResponse, { status, headers, body }: FaultAnswer): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers });
  outgoing.end(
    body ??
      JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        code: status,
        message: 'made by a test',
      }),
  );
}
