import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { keepaliveMs } from '@/lib/api/stream';
import { type WallFrame, type WallPlane, wallFrameSchema } from '@/lib/api/wall';
import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { boardPlane } from '@/testing/plane/board-fixture';

const START_MS = Date.parse('2026-11-20T12:00:00Z');

/**
 * A proxy in front of Planeboard's server that sends its own frames to walls: at any speed, for any number of planes,
 * and with interruptions. It forwards all other requests.
 */
export class WallFeed {
  /** The number of streams opened since the start. */
  opened = 0;
  private planes: readonly WallPlane[] = [];
  private readonly streams = new Set<ServerResponse>();
  private readonly startedAtMs = performance.now();
  private readonly timer: ReturnType<typeof setInterval>;

  private constructor(
    private readonly server: Server,
    private readonly port: number,
    private readonly build: string,
    private readonly speed: number,
  ) {
    this.timer = setInterval(() => this.send('keepalive', this.envelope()), keepaliveMs() / speed);
  }

  /**
   * @param target Planeboard's server
   * @param speed the seconds of feed time per real second
   */
  static async start(
    target: { readonly url: string; readonly port: number },
    speed: number,
  ): Promise<WallFeed> {
    const { build } = wallFrameSchema.parse(await (await fetch(`${target.url}/wall/data`)).json());
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The feed has no port.');
    const feed = new WallFeed(server, address.port, build, speed);
    server.on('request', (incoming, outgoing) => {
      const path = (incoming.url ?? '').split('?')[0];
      if (path === '/wall/stream') feed.open(outgoing);
      else if (path === '/wall/data') outgoing.end(JSON.stringify(feed.frame()));
      else passOn(incoming, outgoing, target.port);
    });
    return feed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The feed's clock, used as the API server's clock, in milliseconds since the epoch. */
  nowMs(): number {
    return START_MS + (performance.now() - this.startedAtMs) * this.speed;
  }

  /** A time in the past of the feed's clock, in the format of resources. */
  ago(ms: number): string {
    return new Date(this.nowMs() - ms).toISOString();
  }

  /** Sends these planes to all walls from now on. */
  show(planes: readonly WallPlane[]): void {
    this.planes = planes;
    this.send('wall', this.frame());
  }

  /** Cuts all streams. New ones are served. */
  cut(): void {
    for (const stream of this.streams) stream.destroy();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private open(stream: ServerResponse): void {
    this.opened += 1;
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.streams.add(stream);
    stream.on('close', () => this.streams.delete(stream));
    stream.write(eventOf('wall', this.frame()));
  }

  private send(event: string, body: unknown): void {
    const text = eventOf(event, body);
    for (const stream of this.streams) stream.write(text);
  }

  private frame(): WallFrame {
    return wallFrameSchema.parse({
      ...this.envelope(),
      epoch: 'feed',
      installation: 'Acme Frankfurt',
      incidents: [],
      controlPlane: [],
      planes: this.planes,
      limits: { kinds: [], roles: [], namespaces: [] },
      outside: { alarms: 0, byState: 0 },
    });
  }

  private envelope(): Pick<WallFrame, 'serverTime' | 'build' | 'apiServer' | 'sources'> {
    const serverTime = new Date(this.nowMs()).toISOString();
    return {
      serverTime,
      build: this.build,
      apiServer: { state: 'reachable', lastContactAt: serverTime },
      sources: [{ plural: 'dataplanes', state: 'live', lastContactAt: serverTime }],
    };
  }
}

function eventOf(event: string, body: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(body)}\n\n`;
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number): void {
  const { method, url, headers } = incoming;
  const forwarded = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  forwarded.on('error', () => outgoing.destroy());
  incoming.pipe(forwarded);
}

const UNHEALTHY_STATUSES = HEALTH_STATES.slice(0, 4);

/**
 * Returns planes in the format of a wall frame.
 *
 * @param unhealthy the number of unhealthy planes; they have been unhealthy for minutes to hours
 * @param from the index of the first unhealthy plane, to change which planes of the same fleet are unhealthy
 */
export function fedPlanes(feed: WallFeed, planes: number, unhealthy: number, from = 0): WallPlane[] {
  return Array.from({ length: planes }, (_, index) => {
    const place = (index - from + planes) % planes;
    const state = (place < unhealthy && UNHEALTHY_STATUSES[place % UNHEALTHY_STATUSES.length]) || 'healthy';
    return {
      ...boardPlane(`payments-prod-eu-west-${index}`, state),
      kind: 'DataPlane',
      since: { at: feed.ago((place + 1) * 60_000), exact: true },
      lastHeartbeatTime: feed.ago(20_000),
    };
  });
}
