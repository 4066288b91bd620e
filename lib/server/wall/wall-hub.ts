import 'server-only';
import { KEEPALIVE_MS } from '@/lib/api/stream';
import { FeedReader } from '@/lib/server/feed/feed-reader';
import { sseFrame } from '@/lib/server/feed/sse-frame';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { ProblemError } from '@/lib/server/http/problem';
import type { Visibility } from '@/lib/server/rights/visible-planes';
import type { WallFrameBuilder } from './wall-frame-builder';
import type { TokenRef } from './wall-token';
import { type WallView, wallViewKey } from './wall-view';

/** Between two frames of a wall: nobody reads faster from five metres. */
const FRAME_MS = 1000;
/** Each view has its own frames, so the views are what costs. */
const MAX_VIEWS = 50;
const MAX_READERS = 500;

const REVOKED_FRAME = sseFrame('revoked', null, '{}');

interface Audience {
  readonly view: WallView;
  readonly readers: Map<FeedReader, TokenRef | null>;
  /** Of the frame that was sent last. */
  content: string;
}

/** Whether a token is still valid: `changed` when its limits differ now, so that the screen has to reconnect. */
export type TokenState = 'valid' | 'changed' | 'revoked';

/** Sends walls what they show, built once for all walls with the same view, at most once a second. */
export class WallHub {
  private readonly audiences = new Map<string, Audience>();
  private unsubscribe: (() => void) | undefined;
  private keepaliveTimer: ReturnType<typeof setInterval> | undefined;
  private frameTimer: ReturnType<typeof setTimeout> | undefined;
  private framedAtMs = Number.NEGATIVE_INFINITY;
  private closed = false;
  /** For tests and operators. */
  readonly counters = { framesBuilt: 0 };

  /**
   * @param recheck called before each keep-alive while any wall is shown: reads the tokens again
   * @param tokenState what the tokens read last say
   */
  constructor(
    private readonly engine: FleetEngine,
    private readonly frames: WallFrameBuilder,
    private readonly recheck: () => Promise<void>,
    private readonly tokenState: (token: TokenRef, view: WallView) => TokenState,
  ) {}

  start(): void {
    this.unsubscribe ??= this.engine.subscribe((changes) => {
      // Heartbeats alone wait for the keep-alive: an age that is shown five seconds too old is no lie.
      if (this.audiences.size > 0 && isMoreThanHeartbeats(changes)) this.schedule();
    });
    this.keepaliveTimer ??= setInterval(() => void this.keepalive(), KEEPALIVE_MS);
  }

  get readerCount(): number {
    return [...this.audiences.values()].reduce((sum, { readers }) => sum + readers.size, 0);
  }

  /**
   * What a wall shows now, as JSON.
   *
   * @param sees of the person who previews a wall; a screen's own link limits what it sees
   */
  json(view: WallView, sees?: Visibility['sees']): string {
    this.counters.framesBuilt += 1;
    return this.frames.frame(this.frames.planes(sees), view).json;
  }

  /**
   * Opens a stream. It begins with a frame and a keep-alive.
   *
   * @throws ProblemError `rate-limited` when too many walls, or too different ones, are shown
   */
  open(view: WallView, token: TokenRef | null): ReadableStream<Uint8Array> {
    const key = wallViewKey(view);
    const known = this.audiences.get(key);
    if ((!known && this.audiences.size >= MAX_VIEWS) || this.readerCount >= MAX_READERS)
      throw new ProblemError('rate-limited', 'Too many walls are being shown at once.');
    this.counters.framesBuilt += 1;
    const frame = this.frames.frame(this.frames.planes(), view);
    // What the others have may be older by a second: their next frame is compared with what they were sent.
    const audience = known ?? { view, readers: new Map(), content: frame.content };
    const first = [
      sseFrame('wall', null, frame.json),
      sseFrame('keepalive', null, this.frames.keepalive(view)),
    ];
    const reader: FeedReader = new FeedReader(first, () => this.leave(key, reader));
    this.audiences.set(key, audience);
    audience.readers.set(reader, token);
    if (this.closed) reader.end();
    return reader.stream;
  }

  /** Ends the streams whose token is revoked, with a frame that says so, and those whose limits were changed. */
  checkTokens(): void {
    for (const { view, readers } of this.audiences.values()) {
      for (const [reader, token] of [...readers]) {
        const state = token === null ? 'valid' : this.tokenState(token, view);
        if (state === 'revoked') reader.end(false, REVOKED_FRAME);
        else if (state === 'changed') reader.end();
      }
    }
  }

  /** Ends every stream: at shutdown. */
  close(): void {
    this.closed = true;
    this.unsubscribe?.();
    clearInterval(this.keepaliveTimer);
    clearTimeout(this.frameTimer);
    for (const { readers } of this.audiences.values()) for (const reader of [...readers.keys()]) reader.end();
  }

  private schedule(): void {
    const waitMs = Math.max(0, this.framedAtMs + FRAME_MS - performance.now());
    this.frameTimer ??= setTimeout(() => this.sendFrames(), waitMs);
  }

  private sendFrames(): void {
    clearTimeout(this.frameTimer);
    this.frameTimer = undefined;
    this.framedAtMs = performance.now();
    if (this.audiences.size === 0) return;
    const planes = this.frames.planes();
    for (const audience of [...this.audiences.values()]) {
      this.counters.framesBuilt += 1;
      const { json, content } = this.frames.frame(planes, audience.view);
      if (content === audience.content) continue;
      audience.content = content;
      send(audience, sseFrame('wall', null, json));
    }
  }

  private async keepalive(): Promise<void> {
    if (this.audiences.size === 0) return;
    for (const audience of [...this.audiences.values()])
      send(audience, sseFrame('keepalive', null, this.frames.keepalive(audience.view)));
    this.sendFrames();
    await this.recheck();
    this.checkTokens();
  }

  private leave(key: string, reader: FeedReader): void {
    const audience = this.audiences.get(key);
    audience?.readers.delete(reader);
    if (audience?.readers.size === 0) this.audiences.delete(key);
  }
}

function send({ readers }: Audience, frame: Uint8Array): void {
  // A reader that does not keep up leaves while they are walked.
  for (const reader of [...readers.keys()]) reader.send(frame);
}

function isMoreThanHeartbeats({ upserts, deletes, apiServer, sources, incidents }: ChangeSet): boolean {
  return (
    deletes.length > 0 ||
    !!apiServer ||
    !!sources ||
    !!incidents ||
    upserts.some(({ heartbeatJson }) => heartbeatJson === undefined)
  );
}
