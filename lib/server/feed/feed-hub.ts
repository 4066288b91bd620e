import 'server-only';
import { KEEPALIVE_MS } from '@/lib/api/stream';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { Visibility } from '@/lib/server/rights/visible-planes';
import { ChangeRing } from './change-ring';
import { FeedReader } from './feed-reader';
import { changesJson, type HeartbeatFormat, keepaliveJson, sseFrame } from './sse-frame';

interface Audience {
  readonly visibility: Visibility;
  readonly heartbeatFormat: HeartbeatFormat;
  readonly readers: Set<FeedReader>;
}

export interface FeedHubOptions {
  readonly engine: FleetEngine;
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  /** The whole visible fleet as JSON, at the engine's revision. */
  readonly snapshotJson: (visibility: Visibility) => string;
}

/** Sends the fleet to every reader: a snapshot or what was missed, then each change, encoded once for all with the same rights. */
export class FeedHub {
  private readonly ring = new ChangeRing();
  private readonly audiences = new Map<string, Audience>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private unsubscribe: (() => void) | undefined;
  private closed = false;
  /** The last snapshot for each audience: after a restart all readers come at once, and a large one is megabytes. */
  private readonly snapshots = new Map<string, { readonly json: string; readonly frame: Uint8Array }>();

  /** Counters for operators and tests. */
  readonly counters = { framesEncoded: 0, readersDropped: 0 };

  constructor(private readonly options: FeedHubOptions) {}

  start(): void {
    const { engine } = this.options;
    this.unsubscribe ??= engine.subscribe((changes) => {
      this.ring.push(changes);
      const serverTime = this.options.serverTime();
      for (const { visibility, heartbeatFormat, readers } of this.audiences.values()) {
        const json = changesJson(changes, visibility, serverTime, heartbeatFormat);
        if (json !== null) this.send(readers, this.encode('changes', this.id(changes.revision), json));
      }
    });
    this.timer ??= setInterval(() => this.keepalive(), KEEPALIVE_MS);
  }

  get readerCount(): number {
    return [...this.audiences.values()].reduce((sum, audience) => sum + audience.readers.size, 0);
  }

  /**
   * Opens a stream.
   *
   * @param since the id of the last frame that the reader has, `<epoch>:<revision>`; null or unknown: it gets a snapshot
   */
  open(
    visibility: Visibility,
    since: string | null,
    heartbeatFormat: HeartbeatFormat = 'full',
  ): ReadableStream<Uint8Array> {
    const first = [this.firstFrame(visibility, since, heartbeatFormat), this.keepaliveFrame()];
    const key = `${heartbeatFormat} ${visibility.key}`;
    const reader = new FeedReader(first, (gone, dropped) => this.leave(key, gone, dropped));
    const audience = this.audiences.get(key) ?? { visibility, heartbeatFormat, readers: new Set() };
    this.audiences.set(key, audience);
    audience.readers.add(reader);
    if (this.closed) reader.end();
    return reader.stream;
  }

  /** Ends every stream with a frame that asks its reader to resume: at shutdown. */
  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    this.unsubscribe?.();
    for (const { readers } of this.audiences.values()) for (const reader of [...readers]) reader.end();
  }

  private firstFrame(
    visibility: Visibility,
    since: string | null,
    heartbeatFormat: HeartbeatFormat,
  ): Uint8Array {
    const { engine } = this.options;
    engine.flush();
    const position = parsePosition(since);
    if (position?.epoch === engine.epoch) {
      const missed = this.ring.since(position.revision, engine.revision);
      if (missed) {
        // Contact may have moved since; sending the whole state costs little and is never wrong.
        const whole = {
          ...missed,
          apiServer: engine.apiServer.wire(),
          sources: engine.sources.wire(),
          incidents: engine.incidents,
        };
        const json = changesJson(whole, visibility, this.options.serverTime(), heartbeatFormat);
        if (json !== null) return this.encode('changes', this.id(engine.revision), json);
      }
    }
    return this.snapshotFrame(visibility);
  }

  private snapshotFrame(visibility: Visibility): Uint8Array {
    const json = this.options.snapshotJson(visibility);
    const known = this.snapshots.get(visibility.key);
    if (known?.json === json) return known.frame;
    const frame = this.encode('snapshot', this.id(this.options.engine.revision), json);
    this.snapshots.set(visibility.key, { json, frame });
    return frame;
  }

  private keepalive(): void {
    // Readers that connected together have theirs by now.
    this.snapshots.clear();
    // It reports the sources' state, so the changes they brought go first.
    this.options.engine.flush();
    const frame = this.keepaliveFrame();
    for (const { readers } of this.audiences.values()) this.send(readers, frame);
  }

  private keepaliveFrame(): Uint8Array {
    const { engine, serverTime } = this.options;
    return sseFrame(
      'keepalive',
      null,
      keepaliveJson(engine.apiServer.wire(), engine.sources.wire(), serverTime()),
    );
  }

  private send(readers: ReadonlySet<FeedReader>, frame: Uint8Array): void {
    // A reader that is dropped leaves the set while it is walked.
    for (const reader of [...readers]) reader.send(frame);
  }

  private leave(key: string, reader: FeedReader, dropped: boolean): void {
    if (dropped) this.counters.readersDropped += 1;
    const audience = this.audiences.get(key);
    audience?.readers.delete(reader);
    if (audience?.readers.size === 0) this.audiences.delete(key);
  }

  private encode(event: string, id: string, json: string): Uint8Array {
    this.counters.framesEncoded += 1;
    return sseFrame(event, id, json);
  }

  private id(revision: number): string {
    return `${this.options.engine.epoch}:${revision}`;
  }
}

/** Reads `<epoch>:<revision>`; null for anything else. */
function parsePosition(since: string | null): { epoch: string; revision: number } | null {
  const match = /^([0-9a-f-]{36}):(\d{1,15})$/.exec(since ?? '');
  return match?.[1] && match[2] ? { epoch: match[1], revision: Number(match[2]) } : null;
}
