import 'server-only';
import { keepaliveMs } from '@/lib/api/stream';
import { ProblemError } from '@/lib/server/http/problem';
import { sseFrame } from './sse-frame';
import type { StreamLimits } from './stream-limits';
import { StreamReader } from './stream-reader';

/** Readers that get the same frames. */
export interface Audience<View, Tag> {
  /** What these readers see. */
  readonly view: View;
  /** Each reader with the hub's data about it. */
  readonly readers: Map<StreamReader, Tag>;
}

/** A reader to admit. */
export interface Admission<View, Tag> {
  /** Readers with the same key are one audience. */
  readonly key: string;
  readonly tag: Tag;
  /** What the audience sees; called for its first reader only. */
  readonly view: () => View;
  /** The frames that the reader gets before the first keep-alive. */
  readonly firstFrames: (view: View) => readonly Uint8Array[];
}

/**
 * The server's end of all streams of one kind. It admits readers within its limits, groups those that get the same
 * frames, keeps them alive, drops slow ones and ends all of them at shutdown. Subclasses decide what is in a stream.
 * Every stream begins with the subclass's first frames and a keep-alive.
 *
 * @typeParam View what one audience sees
 * @typeParam Tag the hub's data about each reader
 */
export abstract class StreamHub<View, Tag = undefined> {
  protected readonly audiences = new Map<string, Audience<View, Tag>>();
  /** For operators and tests. */
  readonly counters = {
    /** Frames are built once for an audience, however many readers it has. Keep-alives don't count. */
    framesBuilt: 0,
    readersDropped: 0,
  };
  private timer: ReturnType<typeof setInterval> | undefined;
  private readers = 0;
  private closed = false;

  constructor(private readonly limits: StreamLimits) {}

  get readerCount(): number {
    return this.readers;
  }

  /**
   * Ends every stream with a frame that asks its reader to resume, and any that is opened later. Called at shutdown.
   */
  close(): void {
    this.closed = true;
    for (const { readers } of this.audiences.values()) for (const reader of readers.keys()) reader.end();
  }

  /** Returns the JSON of the `keepalive` that an audience gets. */
  protected abstract keepaliveJson(view: View): string;

  /** Called before each round of keep-alives, while there are readers. */
  protected beforeKeepalives(): void {}

  /** Called after each round of keep-alives. */
  protected afterKeepalives(): void {}

  /** Called when an audience has lost its last reader. */
  protected onEmpty(_view: View): void {}

  /**
   * Opens a stream.
   *
   * @throws ProblemError `rate-limited` beyond the limits
   */
  protected admit({ key, tag, view, firstFrames }: Admission<View, Tag>): ReadableStream<Uint8Array> {
    if (this.closed) return endedStream();
    const known = this.audiences.get(key);
    const { maxReaders, maxAudiences, refusal } = this.limits;
    if (this.readers >= maxReaders || (!known && this.audiences.size >= maxAudiences))
      throw new ProblemError('rate-limited', refusal);
    const audience = known ?? { view: view(), readers: new Map<StreamReader, Tag>() };
    const first = [...firstFrames(audience.view), this.keepaliveFrame(audience.view)];
    const reader: StreamReader = new StreamReader(first, (dropped) => this.leave(key, reader, dropped));
    audience.readers.set(reader, tag);
    // Also for a known audience: its last reader may have been dropped while the first frames were built.
    this.audiences.set(key, audience);
    this.readers += 1;
    this.timer ??= setInterval(() => this.sendKeepalives(), keepaliveMs());
    return reader.stream;
  }

  /** Sends a frame to an audience; never blocks. An audience that no longer exists gets nothing. */
  protected send(key: string, frame: Uint8Array): void {
    // A dropped reader leaves during this loop, which a Map allows.
    for (const reader of this.audiences.get(key)?.readers.keys() ?? []) reader.send(frame);
  }

  private sendKeepalives(): void {
    this.beforeKeepalives();
    for (const [key, { view }] of this.audiences) this.send(key, this.keepaliveFrame(view));
    this.afterKeepalives();
  }

  private keepaliveFrame(view: View): Uint8Array {
    return sseFrame('keepalive', null, this.keepaliveJson(view));
  }

  private leave(key: string, reader: StreamReader, dropped: boolean): void {
    if (dropped) this.counters.readersDropped += 1;
    this.readers -= 1;
    const audience = this.audiences.get(key);
    audience?.readers.delete(reader);
    if (audience?.readers.size === 0) {
      this.audiences.delete(key);
      this.onEmpty(audience.view);
    }
    if (this.readers > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

function endedStream(): ReadableStream<Uint8Array> {
  const reader = new StreamReader([], () => {});
  reader.end();
  return reader.stream;
}
