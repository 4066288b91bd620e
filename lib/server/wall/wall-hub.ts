import 'server-only';
import { sseFrame } from '@/lib/server/feed/sse-frame';
import type { StreamForm } from '@/lib/server/feed/stream-form';
import { StreamHub } from '@/lib/server/feed/stream-hub';
import { STREAM_LIMITS } from '@/lib/server/feed/stream-limits';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { View } from '@/lib/server/rights/view';
import { limitedView } from './limited-view';
import type { LinkSightings } from './link-sightings';
import type { WallFrameBuilder } from './wall-frame-builder';
import type { ObservedPlane } from './wall-projection';
import type { TokenRef } from './wall-token';
import { type WallView, wallViewKey } from './wall-view';

/** The pause between two frames of a wall: people don't read faster from five metres. */
const FRAME_MS = 1000;

const REVOKED_FRAME = sseFrame('revoked', null, '{}');

interface ShownView {
  readonly view: WallView;
  /** The content of the last frame sent; null before the first. */
  content: string | null;
}

/** Whether a token is still valid; `changed` when its limits differ or its link has ended, so the screen has to reconnect. */
export type TokenState = 'valid' | 'changed' | 'revoked';

/** Sends walls their frames, built once for all walls with the same view, at most once a second. */
export class WallHub extends StreamHub<ShownView, TokenRef | null> {
  private unsubscribe: (() => void) | undefined;
  private frameTimer: ReturnType<typeof setTimeout> | undefined;
  private framedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * @param recheck called after each keep-alive while any wall is shown; reads the tokens again
   * @param tokenState returns what the tokens say as last read
   */
  constructor(
    private readonly engine: FleetEngine,
    private readonly frames: WallFrameBuilder,
    private readonly recheck: () => Promise<void>,
    private readonly tokenState: (token: TokenRef, view: WallView) => TokenState,
    private readonly sightings: LinkSightings,
  ) {
    super(STREAM_LIMITS.wall);
  }

  /** Starts sending changes. */
  start(): void {
    this.unsubscribe ??= this.engine.subscribe((changes) => {
      // Heartbeats alone wait for the keep-alive: an age may be shown five seconds late.
      if (this.audiences.size > 0 && isMoreThanHeartbeats(changes)) this.schedule();
    });
  }

  /**
   * Returns what a wall shows now, as JSON.
   *
   * @param person what the person who previews a wall may see; a screen is limited by its own link
   */
  json(view: WallView, person?: View): string {
    this.counters.framesBuilt += 1;
    return this.frames.frame(this.frames.planes(limitedView(view.limits, person)), view, person).json;
  }

  /**
   * Opens a stream, which begins with a frame.
   *
   * @param token the one that granted access; null: the wall is open to all
   * @throws ProblemError `too-many-readers` when too many walls, or too many different ones, are shown
   */
  open(view: WallView, token: TokenRef | null, form?: StreamForm): ReadableStream<Uint8Array> {
    const stream = this.admit({
      key: wallViewKey(view),
      tag: token,
      view: () => ({ view, content: null }),
      firstFrames: (shown) => {
        this.counters.framesBuilt += 1;
        const { json, content } = this.frames.frame(this.frames.planes(limitedView(view.limits)), view);
        // The others' frame may be a second older, so their next frame is compared with what they were sent.
        shown.content ??= content;
        return [sseFrame('wall', null, json)];
      },
      form,
    });
    if (token !== null) this.sightings.note(token.id);
    return stream;
  }

  /** @throws ProblemError `too-many-readers` if one more screen couldn't open a stream of this wall */
  requireRoomFor(view: WallView): void {
    this.requireRoom(wallViewKey(view));
  }

  /**
   * Ends the streams whose token is revoked, with a frame that says so, and those whose limits have changed or whose link
   * has ended.
   */
  checkTokens(): void {
    for (const { view, readers } of this.audiences.values()) {
      for (const [reader, token] of readers) {
        const state = token === null ? 'valid' : this.tokenState(token, view.view);
        if (state === 'revoked') {
          reader.end(false, REVOKED_FRAME);
          if (token !== null) this.sightings.forget(token.id);
        }
        if (state === 'changed') reader.end();
      }
    }
  }

  override close(): void {
    this.unsubscribe?.();
    clearTimeout(this.frameTimer);
    super.close();
  }

  protected keepaliveJson({ view }: ShownView): string {
    return this.frames.keepalive(view);
  }

  protected override afterKeepalives(): void {
    for (const { readers } of this.audiences.values())
      for (const token of readers.values()) if (token !== null) this.sightings.note(token.id);
    this.sendFrames();
    void this.recheck().then(() => this.checkTokens());
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
    const known = new Map<string, ObservedPlane[]>();
    for (const [key, { view: shown }] of this.audiences) {
      const limited = limitedView(shown.view.limits);
      const planes = known.get(limited.key) ?? this.frames.planes(limited);
      known.set(limited.key, planes);
      this.counters.framesBuilt += 1;
      const { json, content } = this.frames.frame(planes, shown.view);
      if (content === shown.content) continue;
      shown.content = content;
      this.send(key, sseFrame('wall', null, json));
    }
  }
}

function isMoreThanHeartbeats({
  upserts,
  deletes,
  apiServer,
  sources,
  incidents,
  controlPlane,
}: ChangeSet): boolean {
  return (
    deletes.length > 0 ||
    !!apiServer ||
    !!sources ||
    !!incidents ||
    !!controlPlane ||
    upserts.some(({ heartbeatJson }) => heartbeatJson === undefined)
  );
}
