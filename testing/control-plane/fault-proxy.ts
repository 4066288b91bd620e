import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Agent as HttpsAgent, request as httpsRequest, type Server } from 'node:https';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { kubeconfigOf } from './kubeconfig';

/** A response that the proxy sends instead of the API server's. */
export interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** By default, a Kubernetes Status with that code. */
  readonly body?: string;
}

/**
 * Decides about one request. Returns a response to send instead of the API server's, or undefined to forward the
 * request. `'cut'` ends the connection; `'lose-answer'` ends it after the API server has answered; `'hold-answer'`
 * forwards the request and never answers; `'send-twice'` sends it twice, as a load balancer may, and returns the second
 * answer. A promise delays the request until it resolves.
 */
export type FaultRule = (path: string, method: string, request: FaultRequest) => Fault | Promise<Fault>;
export interface FaultRequest {
  /** Whether it lists nothing but metadata, as a check of a watch does. */
  readonly isMetadataList: boolean;
}
export type Fault = FaultAnswer | 'cut' | 'lose-answer' | 'hold-answer' | 'send-twice' | undefined;

/**
 * A proxy in front of a real API server that terminates TLS, so tests can break the line in every way: cut it,
 * silence it without closing it, delay it, swallow a watch's events, set its clock, or replace responses. It calls the API server as the administrator.
 */
export class FaultProxy {
  /** The rule for new requests. If undefined, all are forwarded. */
  rule: FaultRule | undefined;
  /** The delay of every request. */
  delayMs = 0;
  /** The paths (with query) of all requests since the start, newest last, without lists of metadata. */
  readonly seen: string[] = [];
  /** The paths (with query) of all lists of metadata. */
  readonly seenMetadataLists: string[] = [];
  /** Whether to pass on nothing more of a watch: no event and no bookmark. Also decides about open ones. */
  swallows: ((path: string) => boolean) | undefined;
  /** How far ahead the clock of a response's `Date` header is, in milliseconds. Called once a response. */
  dateAheadMs: (() => number) | undefined;
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

  /** @param folder the folder to write its kubeconfig to */
  static async start(controlPlane: ControlPlaneAccess, folder: string): Promise<FaultProxy> {
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

  /** Cuts every connection. New ones are served. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Silences every connection, old and new: nothing is closed, but no more data arrives. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of this.sockets) this.silenced.add(socket);
  }

  /** Serves new connections again. Silenced ones stay silent, as behind a router that lost their state. */
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
    const isMetadataList = incoming.headers.accept?.includes('as=PartialObjectMetadataList') === true;
    (isMetadataList ? this.seenMetadataLists : this.seen).push(path);
    const isSilent = () => this.silenced.has(incoming.socket);
    if (this.silent) this.silenced.add(incoming.socket);
    if (isSilent()) return;
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    const answer = await this.rule?.(path, incoming.method ?? 'GET', { isMetadataList });
    if (answer === 'cut') {
      incoming.socket.destroy();
      return;
    }
    const isOutcomeUnknown = answer === 'lose-answer' || answer === 'hold-answer';
    if (answer && !isOutcomeUnknown && answer !== 'send-twice') {
      respond(outgoing, answer);
      return;
    }
    const options = {
      agent: this.upstream,
      host: this.target.hostname,
      port: this.target.port,
      method: incoming.method,
      path,
      headers: { ...incoming.headers, host: this.target.host },
    };
    const content = answer === 'send-twice' ? await buffer(incoming) : null;
    if (content) {
      const [first] = (await once(httpsRequest(options).end(content), 'response')) as [IncomingMessage];
      await buffer(first);
    }
    const forwarded = httpsRequest(options);
    if (content) forwarded.end(content);
    else incoming.pipe(forwarded);
    if (answer === 'lose-answer')
      forwarded.on('response', (response) => response.resume().on('end', () => incoming.socket.destroy()));
    this.connect(incoming, outgoing, forwarded, () => isOutcomeUnknown || isSilent());
  }

  private headersOf({ headers }: IncomingMessage): IncomingMessage['headers'] {
    const aheadMs = this.dateAheadMs?.() ?? 0;
    if (aheadMs === 0 || headers.date === undefined) return headers;
    return { ...headers, date: new Date(Date.parse(headers.date) + aheadMs).toUTCString() };
  }

  private connect(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    forwarded: ClientRequest,
    isSilent: () => boolean,
  ): void {
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    forwarded.on('response', (response) => {
      if (isSilent()) return;
      outgoing.writeHead(response.statusCode ?? 502, this.headersOf(response));
      outgoing.flushHeaders();
      const path = incoming.url ?? '/';
      const isSwallowed = () => path.includes('watch=true') && this.swallows?.(path) === true;
      response.on('data', (chunk: Buffer) => {
        if (!isSilent() && !isSwallowed()) outgoing.write(chunk);
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
