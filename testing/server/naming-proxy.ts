import { createServer, type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy in front of Planeboard that signs people in: it adds what it knows of the person to each request. */
export class NamingProxy {
  /** The headers that it adds, and removes from what a browser sends; none: no one is signed in. */
  headers: Readonly<Record<string, string>> = {};

  private constructor(private readonly server: Server) {}

  static async start(targetPort: number): Promise<NamingProxy> {
    const server = createServer((incoming, response) => {
      const headers = { ...incoming.headers, ...proxy.headers };
      const { method, url: path } = incoming;
      const outgoing = send({ host: '127.0.0.1', port: targetPort, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      outgoing.on('error', () => response.destroy());
      response.on('close', () => outgoing.destroy());
      incoming.pipe(outgoing);
    });
    const proxy = new NamingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
