import 'server-only';
import { KEEPALIVE_MS } from '@/lib/api/stream';
import { FeedReader } from '@/lib/server/feed/feed-reader';
import { sseFrame } from '@/lib/server/feed/sse-frame';
import { ProblemError } from '@/lib/server/http/problem';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { type EventSubject, PlaneEventWatch } from './plane-event-watch';

/** Each reader has a watch on the API server of its own, since each reads with its own rights. */
const MAX_READERS = 500;

interface Stream {
  readonly reader: FeedReader;
  readonly watch: PlaneEventWatch;
}

export interface PlaneEventHubOptions {
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  readonly isApiServerReachable: () => boolean;
}

/** All open streams of planes' Kubernetes Events. A stream that ends, for whatever reason, ends its watch too. */
export class PlaneEventHub {
  private readonly streams = new Set<Stream>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private closed = false;

  constructor(private readonly options: PlaneEventHubOptions) {}

  /** How many watches are open. */
  get watchCount(): number {
    return this.streams.size;
  }

  /**
   * Opens a stream: `events` with all events whenever they change, and a `keepalive` every 5 s.
   *
   * @param client whose rights decide what is seen
   * @throws ProblemError `rate-limited` when too many are open already
   */
  open(client: KubeClient, subject: EventSubject): ReadableStream<Uint8Array> {
    if (this.streams.size >= MAX_READERS)
      throw new ProblemError('rate-limited', 'Too many pages follow the events of planes at this moment.');
    const watch = new PlaneEventWatch(client, subject, (frame) =>
      reader.send(sseFrame('events', null, JSON.stringify(frame))),
    );
    const reader: FeedReader = new FeedReader([this.keepaliveFrame()], () => this.leave(stream));
    const stream = { reader, watch };
    this.streams.add(stream);
    this.timer ??= setInterval(() => this.keepalive(), KEEPALIVE_MS);
    if (this.closed) reader.end();
    else watch.start();
    return reader.stream;
  }

  /** Ends every stream with a frame that asks its reader to resume: at shutdown. */
  close(): void {
    this.closed = true;
    for (const { reader } of [...this.streams]) reader.end();
  }

  private keepalive(): void {
    const frame = this.keepaliveFrame();
    const reachable = this.options.isApiServerReachable();
    // A reader that is dropped leaves the set while it is walked.
    for (const { reader, watch } of [...this.streams]) {
      watch.setReachable(reachable);
      reader.send(frame);
    }
  }

  private keepaliveFrame(): Uint8Array {
    return sseFrame('keepalive', null, JSON.stringify({ serverTime: this.options.serverTime() }));
  }

  private leave(stream: Stream): void {
    if (!this.streams.delete(stream)) return;
    void stream.watch.stop();
    if (this.streams.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
