import type { ApiServer, Source } from '@/lib/api/fleet';
import { dataOldMs } from '@/lib/api/stream';
import type { WallFrame, WallKeepalive } from '@/lib/api/wall';
import type { Delivery } from '@/lib/client/feed/event-stream';
import { awaitsFirstList } from '@/lib/plane/fleet/source-state';
import { hasShape, type Shape } from '@/lib/plane/json/has-shape';
import { ServerClock } from '@/lib/plane/time/server-clock';
import { type WallAge, wallAge } from './wall-age';
import type { WallRefusal } from './wall-refusal';

/** The state of a wall. */
export interface WallState {
  /** The frame that the wall shows: the last one that was current on arrival. */
  readonly frame: WallFrame | null;
  readonly sources: readonly Source[];
  /** How the frames arrive. */
  readonly delivery: Delivery;
  readonly refusal: WallRefusal | null;
  /** The server's version; null before the first frame. */
  readonly build: string | null;
}

/** A wall at one moment. */
export interface WallMoment extends WallState {
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  readonly age: WallAge;
  /** How long the wall has been shown, in milliseconds. */
  readonly openMs: number;
}

/** Holds the data of the frames, with their time and age. It has no timers and no connection. */
export class WallStore {
  private current: WallState;
  private latest: WallFrame | null = null;
  private apiServer: ApiServer | null = null;
  private latestSources: readonly Source[] = [];
  private frameAtMs: number | null = null;
  /** When the last frame came from a server that had listed all kinds. */
  private completeAtMs: number | null = null;
  private readonly openedAtMs: number;
  private readonly clock: ServerClock;

  /**
   * @param monotonicMs this screen's monotonic clock
   * @param serverTime the API server's clock when the page was rendered, RFC 3339
   */
  constructor(
    private readonly monotonicMs: () => number,
    serverTime: string,
    refusal: WallRefusal | null,
  ) {
    this.openedAtMs = monotonicMs();
    this.clock = new ServerClock(monotonicMs);
    this.clock.seed(serverTime);
    this.current = { frame: null, sources: [], delivery: 'stream', refusal, build: null };
  }

  get state(): WallState {
    return this.current;
  }

  /** Returns the API server's time in milliseconds since the epoch. */
  nowMs(): number {
    return this.clock.nowMs();
  }

  /** Returns how long the wall has been shown, in milliseconds. */
  openMs(): number {
    return this.monotonicMs() - this.openedAtMs;
  }

  age(): WallAge {
    const frameAgeMs = this.frameAtMs === null ? null : this.monotonicMs() - this.frameAtMs;
    return wallAge(
      { apiServer: this.apiServer, sources: this.latestSources, frameAgeMs, openMs: this.openMs() },
      this.nowMs(),
    );
  }

  moment(): WallMoment {
    return { ...this.current, nowMs: this.nowMs(), age: this.age(), openMs: this.openMs() };
  }

  /** Applies a frame. Returns false if it breaks the contract, as after an upgrade of the server. */
  apply(event: 'wall' | 'keepalive', text: string): boolean {
    try {
      const frame = event === 'wall' ? readWallFrame(text) : null;
      const { serverTime, build, apiServer, sources } = frame ?? readWallKeepalive(text);
      const receivedAtMs = this.monotonicMs();
      this.clock.observe(serverTime, receivedAtMs);
      this.frameAtMs = receivedAtMs;
      // A server that has just started has had no contact yet; the data shown are from the contact before that.
      const lastContactAt = apiServer.lastContactAt ?? this.apiServer?.lastContactAt ?? null;
      this.apiServer = { ...apiServer, lastContactAt };
      this.latestSources = sources;
      if (frame) this.latest = frame;
      const isStarting = this.isStarting(sources, receivedAtMs);
      // Without contact, the server can only report all planes as unknown. The last state before that says more,
      // dimmed.
      const keepsLast = this.current.frame !== null && (isStarting || this.age().state !== 'live');
      this.current = {
        ...this.current,
        frame: keepsLast ? this.current.frame : this.latest,
        sources: keepsLast && isStarting ? this.current.sources : sources,
        refusal: null,
        build,
      };
      return true;
    } catch {
      return false;
    }
  }

  /** Whether the server is still listing after a restart and the data shown aren't old: such a restart needn't show. */
  private isStarting(sources: readonly Source[], nowMs: number): boolean {
    const knowsAll = sources.length > 0 && !sources.some(awaitsFirstList);
    if (knowsAll) this.completeAtMs = nowMs;
    // The server that sent the shown frame knows all other planes while it lists a kind that was installed later.
    const isRestarted = this.latest?.epoch !== this.current.frame?.epoch;
    const isRecent = this.completeAtMs !== null && nowMs - this.completeAtMs <= dataOldMs();
    return isRestarted && !knowsAll && isRecent;
  }

  setDelivery(delivery: Delivery): void {
    this.current = { ...this.current, delivery };
  }

  refuse(refusal: WallRefusal): void {
    this.latest = null;
    this.current = { ...this.current, frame: null, refusal };
  }
}

/**
 * The fields that a frame needs so that the wall doesn't break. As with the console's feed, the browser doesn't use
 * the contract's schemas, because the server has just made the frame with them.
 */
const FRAME_SHAPE: Shape = {
  serverTime: 'string',
  epoch: 'string',
  build: 'string',
  installation: 'string',
  apiServer: 'object',
  sources: 'array',
  incidents: 'array',
  controlPlane: 'array',
  planes: 'array',
  limits: 'object',
  outside: 'object',
};
const KEEPALIVE_SHAPE: Shape = {
  serverTime: 'string',
  build: 'string',
  apiServer: 'object',
  sources: 'array',
};
const PLANE_SHAPE: Shape = {
  uid: 'string',
  kind: 'string',
  role: 'string',
  name: 'string',
  health: 'object',
  since: 'object',
};

/**
 * Reads a `wall` frame.
 *
 * @throws SyntaxError or TypeError if the server uses another version of the contract
 */
function readWallFrame(text: string): WallFrame {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, FRAME_SHAPE)) throw new TypeError('Invalid wall frame.');
  const { planes } = data;
  if (!Array.isArray(planes) || !planes.every((plane) => hasShape(plane, PLANE_SHAPE)))
    throw new TypeError('A wall frame contains an invalid plane.');
  const checked: unknown = data;
  return checked as WallFrame;
}

/**
 * Reads a `keepalive` frame.
 *
 * @throws SyntaxError or TypeError if the server uses another version of the contract
 */
function readWallKeepalive(text: string): WallKeepalive {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, KEEPALIVE_SHAPE)) throw new TypeError('Invalid wall keep-alive.');
  const checked: unknown = data;
  return checked as WallKeepalive;
}
