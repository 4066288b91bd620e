import 'server-only';
import { sseFrame } from '@/lib/server/feed/sse-frame';
import type { StreamForm } from '@/lib/server/feed/stream-form';
import { StreamHub } from '@/lib/server/feed/stream-hub';
import { STREAM_LIMITS } from '@/lib/server/feed/stream-limits';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { WatchChecker } from '@/lib/server/reflector/watch-checker';
import { type EventSubject, PlaneEventWatch } from './plane-event-watch';

export interface PlaneEventHubOptions {
  readonly checker: WatchChecker;
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  readonly isApiServerReachable: () => boolean;
}

/** When a reader's session ends, in milliseconds since the epoch; null: never. */
type SessionEndMs = number | null;

/**
 * All open streams of planes' Kubernetes Events. Each has a watch of its own, which ends with the stream. The API server
 * keeps a watch open when its credential expires, so the stream ends with the reader's session.
 */
export class PlaneEventHub extends StreamHub<PlaneEventWatch, SessionEndMs> {
  private opened = 0;

  constructor(private readonly options: PlaneEventHubOptions) {
    super(STREAM_LIMITS.planeEvents);
  }

  /** How many watches are open. */
  get watchCount(): number {
    return this.audiences.size;
  }

  /**
   * Opens a stream: `events` with all events whenever they change, and a `keepalive` every 5 s.
   *
   * @param client determines by its rights what is visible
   * @param sessionEndsAtMs when its session ends, in milliseconds since the epoch; null: never
   * @throws ProblemError `too-many-readers` when too many are open already
   */
  open(
    client: KubeClient,
    subject: EventSubject,
    sessionEndsAtMs: SessionEndMs,
    form?: StreamForm,
  ): ReadableStream<Uint8Array> {
    this.opened += 1;
    // Each reader reads with its own rights, so readers share no frames.
    const key = String(this.opened);
    return this.admit({
      key,
      tag: sessionEndsAtMs,
      view: () => {
        const watch = new PlaneEventWatch(client, this.options.checker, subject, (frame) =>
          this.send(key, sseFrame('events', null, JSON.stringify(frame))),
        );
        watch.start();
        return watch;
      },
      firstFrames: () => [],
      form,
    });
  }

  protected keepaliveJson(): string {
    return JSON.stringify({ serverTime: this.options.serverTime() });
  }

  protected override beforeKeepalives(): void {
    const reachable = this.options.isApiServerReachable();
    const nowMs = Date.now();
    for (const { view: watch, readers } of this.audiences.values()) {
      watch.setReachable(reachable);
      for (const [reader, endsAtMs] of readers) if (endsAtMs !== null && endsAtMs <= nowMs) reader.end();
    }
  }

  protected override onEmpty(watch: PlaneEventWatch): void {
    void watch.stop();
  }
}
