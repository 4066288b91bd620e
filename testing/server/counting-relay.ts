import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const STREAM_REQUEST = /GET \/(api\/planes|wall)\/stream[ ?]/;

/**
 * A TCP relay in front of Planeboard's server that counts open streams. It counts connections, so it includes every
 * stream of a browser, whether a page opens it or a worker that tabs share.
 */
export class CountingRelay {
  /** Cuts every connection that requests a stream, like a proxy that blocks streams. */
  cutsStreams = false;
  private silent = false;
  private down = false;
  private readonly sockets = new Set<Socket>();
  private readonly streaming = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  /** @param targetPort the port of Planeboard's server on the loopback interface */
  static async start(targetPort: number): Promise<CountingRelay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
    const relay = new CountingRelay(server, address.port);
    server.on('connection', (browser: Socket) => {
      if (relay.down) browser.destroy();
      else relay.join(browser, connect(targetPort, '127.0.0.1'));
    });
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The number of open streams. */
  get openStreams(): number {
    return this.streaming.size;
  }

  /** Cuts every connection, and each new one at once, as if the server was down. */
  goDown(): void {
    this.down = true;
    for (const socket of this.sockets) socket.destroy();
  }

  comeUp(): void {
    this.down = false;
  }

  /** Silences every connection, old and new: nothing is closed, but no more data arrives. */
  fallSilent(): void {
    this.silent = true;
    for (const socket of this.sockets) socket.unpipe();
  }

  /** Serves new connections again. Silenced ones stay silent, as behind a router that lost their state. */
  endSilence(): void {
    this.silent = false;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(browser: Socket, target: Socket): void {
    for (const [from, to] of [
      [browser, target],
      [target, browser],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        this.streaming.delete(from);
        to.destroy();
      });
      if (!this.silent) from.pipe(to);
    }
    // A request's first line arrives in one piece, and a browser sends nothing else on a connection with a stream.
    browser.on('data', (bytes: Buffer) => {
      if (!STREAM_REQUEST.test(bytes.toString('latin1'))) return;
      if (this.cutsStreams) browser.destroy();
      else this.streaming.add(browser);
    });
  }
}
