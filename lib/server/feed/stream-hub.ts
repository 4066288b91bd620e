import 'server-only';
import { keepaliveMs } from '@/lib/api/stream';
import { ProblemError } from '@/lib/server/http/problem';
import type { SharedBytes } from './shared-bytes';
import { sseFrame } from './sse-frame';
import type { StreamForm } from './stream-form';
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
  readonly firstFrames: (view: View) => readonly SharedBytes[];
  readonly form?: StreamForm | undefined;
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
  /** The audience of each reader. */
  private readonly keys = new Map<StreamReader, string>();
  private closed = false;

  constructor(private readonly limits: StreamLimits) {}

  get readerCount(): number {
    return this.keys.size;
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
   * @throws ProblemError `too-many-readers` beyond the limits
   */
  protected admit({ key, tag, view, firstFrames, form }: Admission<View, Tag>): ReadableStream<Uint8Array> {
    if (this.closed) return endedStream(form);
    this.requireRoom(key);
    const audience = this.audiences.get(key) ?? { view: view(), readers: new Map<StreamReader, Tag>() };
    const data = firstFrames(audience.view);
    const first = [...data, this.keepaliveFrame(audience.view)];
    const reader: StreamReader = new StreamReader(first, (dropped) => this.leave(reader, dropped), form);
    if (data.length > 0) reader.complete();
    audience.readers.set(reader, tag);
    // Also for a known audience: its last reader may have been dropped while the first frames were built.
    this.audiences.set(key, audience);
    this.keys.set(reader, key);
    this.timer ??= setInterval(() => this.sendKeepalives(), keepaliveMs());
    return reader.stream;
  }

  /** Returns the view of a reader's audience; undefined once it has left. */
  protected audienceFor(reader: StreamReader): View | undefined {
    return this.audiences.get(this.keys.get(reader) ?? '')?.view;
  }

  /**
   * Moves a reader to another audience.
   *
   * @param frame what makes it one of them; null: nothing
   */
  protected move(
    reader: StreamReader,
    { key, tag, view }: Pick<Admission<View, Tag>, 'key' | 'tag' | 'view'>,
    frame: SharedBytes | null,
  ): void {
    const audience = this.audiences.get(key) ?? { view: view(), readers: new Map<StreamReader, Tag>() };
    this.removeFromAudience(reader);
    audience.readers.set(reader, tag);
    this.audiences.set(key, audience);
    this.keys.set(reader, key);
    if (!frame) return;
    reader.send(frame);
    reader.complete();
  }

  /** @throws ProblemError `too-many-readers` if one more reader of that audience would exceed the limits */
  protected requireRoom(key: string): void {
    const { maxReaders, maxAudiences, refusal } = this.limits;
    if (this.readerCount >= maxReaders || (!this.audiences.has(key) && this.audiences.size >= maxAudiences))
      throw new ProblemError('too-many-readers', refusal);
  }

  /** Sends a frame to an audience; never blocks. An audience that no longer exists gets nothing. */
  protected send(key: string, frame: SharedBytes): void {
    // A dropped reader leaves during this loop, which a Map allows.
    for (const reader of this.audiences.get(key)?.readers.keys() ?? []) {
      reader.send(frame);
      reader.complete();
    }
  }

  private sendKeepalives(): void {
    this.beforeKeepalives();
    for (const { view, readers } of this.audiences.values()) {
      const frame = this.keepaliveFrame(view);
      for (const reader of readers.keys()) reader.send(frame);
    }
    this.afterKeepalives();
  }

  private keepaliveFrame(view: View): SharedBytes {
    return sseFrame('keepalive', null, this.keepaliveJson(view));
  }

  private leave(reader: StreamReader, dropped: boolean): void {
    if (dropped) this.counters.readersDropped += 1;
    this.removeFromAudience(reader);
    this.keys.delete(reader);
    if (this.readerCount > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private removeFromAudience(reader: StreamReader): void {
    const key = this.keys.get(reader) ?? '';
    const audience = this.audiences.get(key);
    audience?.readers.delete(reader);
    if (audience?.readers.size !== 0) return;
    this.audiences.delete(key);
    this.onEmpty(audience.view);
  }
}

function endedStream(form: StreamForm | undefined): ReadableStream<Uint8Array> {
  const reader = new StreamReader([], () => {}, form);
  reader.end();
  return reader.stream;
}
