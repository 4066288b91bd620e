import 'server-only';
import { createHash } from 'node:crypto';
import { type FleetPart, PLANES_PER_PART } from '@/lib/api/fleet-table';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { FleetSnapshots } from '@/lib/server/fleet/fleet-snapshots';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import type { SharedBytes } from './shared-bytes';
import { changesJson, type FeedFormat, keepaliveJson, sseFrame } from './sse-frame';
import type { StreamForm } from './stream-form';
import { StreamHub } from './stream-hub';
import { STREAM_LIMITS } from './stream-limits';
import type { StreamReader } from './stream-reader';
import { ViewFeed } from './view-feed';

/** Returns what a reader may see now. */
export type FollowView = () => Promise<View>;

/** What one audience reads. */
interface ReadFeed {
  readonly feed: ViewFeed;
  readonly format: FeedFormat;
}

/**
 * How long new readers get the same snapshot, with what has changed since. Shorter than the jump of a clock that browsers
 * notice (`ServerClockEstimate`), because a snapshot contains the time.
 */
const SNAPSHOT_REUSE_MS = 4000;
/** A snapshot is renewed when what has changed since is more than this part of it. */
const MAX_CHANGED_SHARE = 1 / 4;
/** About, before compression. */
const COLUMN_BYTES_PER_PLANE = 160;
/** How long the changes of a view are kept without a reader, so that a page that reloads gets what it has missed. */
const KEEP_FEED_MS = 60 * SECOND_MS;
/** How often readers' views are asked for. With the time that rights are remembered, that is within a minute. */
const FOLLOW_MS = 20 * SECOND_MS;
/** How many frames with missed changes are kept for other readers that missed the same. */
const MAX_CATCH_UPS = 16;

interface SnapshotFrames {
  readonly revision: number;
  readonly createdAtMs: number;
  readonly frames: readonly SharedBytes[];
  /** About. */
  readonly byteLength: number;
}

export interface FeedHubOptions {
  readonly engine: FleetEngine;
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  readonly snapshots: FleetSnapshots;
}

/**
 * Sends the fleet to every reader: first a snapshot or the missed changes, then each change, encoded once for all
 * readers with the same rights.
 */
export class FeedHub extends StreamHub<ReadFeed, FollowView | null> {
  private readonly feeds = new Map<string, ViewFeed>();
  /** The last snapshot for each view: after a restart all readers connect at once, and a large snapshot is megabytes. */
  private readonly snapshots = new Map<string, SnapshotFrames>();
  /** Frames with everything between an earlier revision and `catchUpsRevision`. */
  private readonly catchUps = new Map<string, SharedBytes>();
  private catchUpsRevision = 0;
  private followedAtMs = performance.now();

  constructor(private readonly options: FeedHubOptions) {
    super(STREAM_LIMITS.fleet);
  }

  /** Starts sending changes. */
  start(): void {
    // What its readers miss is known from the start.
    this.feedOf(WHOLE_FLEET);
  }

  /**
   * Opens a stream.
   *
   * @param since the id of the reader's last frame, which says its view; null, unknown or of another view: it gets a
   * snapshot
   * @param follow asked again and again: the stream goes on with the view that it returns; null: the view never changes
   * @throws ProblemError `too-many-readers`
   */
  open(
    view: View,
    since: string | null,
    format: FeedFormat = 'full',
    form?: StreamForm,
    follow: FollowView | null = null,
  ): ReadableStream<Uint8Array> {
    return this.admit({
      ...this.audienceOf(view, format),
      tag: follow,
      firstFrames: (read) => this.firstFrames(read, since),
      form,
    });
  }

  override close(): void {
    for (const feed of this.feeds.values()) feed.end();
    super.close();
  }

  protected keepaliveJson({ feed }: ReadFeed): string {
    const { engine, serverTime } = this.options;
    return keepaliveJson(engine.apiServer.wire(), feed.viewed.sources(engine.sources.wire()), serverTime());
  }

  protected override afterKeepalives(): void {
    const nowMs = performance.now();
    if (nowMs - this.followedAtMs < paced(FOLLOW_MS)) return;
    this.followedAtMs = nowMs;
    void this.followViews();
  }

  protected override beforeKeepalives(): void {
    // Readers that connected together have their snapshots by now.
    this.snapshots.clear();
    this.catchUps.clear();
    this.forgetUnused();
    // A keep-alive reports the sources' state, so the changes that led to it go first.
    this.options.engine.flush();
  }

  protected override onEmpty({ feed }: ReadFeed): void {
    feed.usedAtMs = performance.now();
    for (const form of ['columns', 'planes']) this.snapshots.delete(`${form} ${feed.viewed.view.key}`);
  }

  /** Lets each reader go on with what it may see now. One whose rights can't be read ends, and is refused or not anew. */
  async followViews(): Promise<void> {
    const readers = [...this.audiences.values()].flatMap(({ view, readers }) =>
      [...readers].map(([reader, follow]) => ({ reader, follow, read: view })),
    );
    await Promise.all(
      readers.map(async ({ reader, follow, read }) => {
        if (!follow) return;
        try {
          const view = await follow();
          if (view.key !== read.feed.viewed.view.key) this.moveTo(view, reader, follow);
        } catch {
          reader.end();
        }
      }),
    );
  }

  private moveTo(view: View, reader: StreamReader, follow: FollowView): void {
    const read = this.audienceFor(reader);
    if (!read) return;
    const { engine, serverTime } = this.options;
    // Before the new view exists, so that its rows are of this revision.
    engine.advance();
    const { format } = read;
    const [before, after] = [read.feed.viewed, this.feedOf(view).viewed];
    const changes: ChangeSet = {
      ...after.since(before),
      revision: engine.revision,
      derived: new Map(),
      apiServer: engine.apiServer.wire(),
      sources: after.sources(engine.sources.wire()),
      incidents: after.incidents(),
      controlPlane: after.controlPlane(engine.controlPlane),
    };
    const json = changesJson(changes, serverTime(), format);
    const frame = json === null ? null : this.frame('changes', view, engine.revision, json);
    this.move(reader, { ...this.audienceOf(view, format), tag: follow }, frame);
  }

  private audienceOf(view: View, format: FeedFormat) {
    return {
      key: audienceKey(view, format),
      view: (): ReadFeed => ({ feed: this.feedOf(view), format }),
    };
  }

  private feedOf(view: View): ViewFeed {
    const known = this.feeds.get(view.key);
    if (known) return known;
    const feed = new ViewFeed(this.options.engine.viewed(view), (changes) => this.sendChanges(view, changes));
    this.feeds.set(view.key, feed);
    return feed;
  }

  private sendChanges(view: View, changes: ChangeSet): void {
    const serverTime = this.options.serverTime();
    for (const format of FEED_FORMATS) {
      const key = audienceKey(view, format);
      if (!this.audiences.has(key)) continue;
      const json = changesJson(changes, serverTime, format);
      if (json !== null) this.send(key, this.frame('changes', view, changes.revision, json));
    }
  }

  /** The whole fleet's is kept, because somebody may always return to it. */
  private forgetUnused(): void {
    const nowMs = performance.now();
    for (const [key, feed] of this.feeds) {
      const { view } = feed.viewed;
      if (FEED_FORMATS.some((format) => this.audiences.has(audienceKey(view, format)))) continue;
      if (view === WHOLE_FLEET || nowMs - feed.usedAtMs < KEEP_FEED_MS) continue;
      feed.end();
      this.feeds.delete(key);
    }
  }

  private firstFrames(read: ReadFeed, since: string | null): readonly SharedBytes[] {
    this.options.engine.flush();
    const revision = this.revisionIn(since, read.feed.viewed.view);
    const missed = revision === null ? null : this.catchUp(read, revision);
    return missed ? [missed] : this.snapshot(read);
  }

  /** Returns a snapshot and, if it isn't of this moment, what has changed since. */
  private snapshot(read: ReadFeed): readonly SharedBytes[] {
    const { view } = read.feed.viewed;
    const key = `${read.format === 'columns' ? 'columns' : 'planes'} ${view.key}`;
    const known = this.snapshots.get(key);
    const nowMs = performance.now();
    if (known && nowMs - known.createdAtMs < SNAPSHOT_REUSE_MS) {
      if (known.revision === this.options.engine.revision) return known.frames;
      const missed = this.catchUp(read, known.revision);
      if (missed && missed.byteLength < known.byteLength * MAX_CHANGED_SHARE)
        return [...known.frames, missed];
    }
    const { engine, snapshots } = this.options;
    const built =
      read.format === 'columns'
        ? this.columnFrames(view, snapshots.parts(view))
        : this.planeFrame(view, snapshots.json(view));
    this.snapshots.set(key, { ...built, revision: engine.revision, createdAtMs: nowMs });
    return built.frames;
  }

  private planeFrame(view: View, json: string) {
    const frame = this.frame('snapshot', view, this.options.engine.revision, json);
    return { frames: [frame], byteLength: frame.byteLength };
  }

  private columnFrames(view: View, parts: readonly (() => FleetPart)[]) {
    this.counters.framesBuilt += 1;
    const id = this.idOf(view, this.options.engine.revision);
    const frames = parts.map((part, index) =>
      sseFrame('part', index === parts.length - 1 ? id : null, () => JSON.stringify(part())),
    );
    return { frames, byteLength: frames.length * PLANES_PER_PART * COLUMN_BYTES_PER_PLANE };
  }

  /** Returns everything after a revision in one frame; null if it is no longer known. */
  private catchUp({ feed, format }: ReadFeed, since: number): SharedBytes | null {
    const { engine, serverTime } = this.options;
    if (this.catchUpsRevision !== engine.revision || this.catchUps.size >= MAX_CATCH_UPS)
      this.catchUps.clear();
    this.catchUpsRevision = engine.revision;
    const { viewed } = feed;
    const key = `${since} ${audienceKey(viewed.view, format)}`;
    const known = this.catchUps.get(key);
    if (known) return known;
    const missed = feed.since(since, engine.revision);
    if (!missed) return null;
    // Contact may have changed since; sending the whole state costs little and is always right.
    const whole = {
      ...missed,
      apiServer: engine.apiServer.wire(),
      sources: viewed.sources(engine.sources.wire()),
      incidents: viewed.incidents(),
      controlPlane: viewed.controlPlane(engine.controlPlane),
    };
    const json = changesJson(whole, serverTime(), format);
    if (json === null) return null;
    const frame = this.frame('changes', viewed.view, engine.revision, json);
    this.catchUps.set(key, frame);
    return frame;
  }

  private frame(event: 'snapshot' | 'changes', view: View, revision: number, json: string): SharedBytes {
    this.counters.framesBuilt += 1;
    return sseFrame(event, this.idOf(view, revision), json);
  }

  private idOf(view: View, revision: number): string {
    return `${this.options.engine.epoch}:${revision}${viewMark(view)}`;
  }

  /** Returns the revision in a frame's id; null if that isn't of this view, or of another run of the server. */
  private revisionIn(id: string | null, view: View): number | null {
    const [, epoch, revision, mark] = /^([0-9a-f-]{36}):(\d{1,15})(:[0-9a-f]{16})?$/.exec(id ?? '') ?? [];
    if (epoch !== this.options.engine.epoch || (mark ?? '') !== viewMark(view)) return null;
    return Number(revision);
  }
}

const FEED_FORMATS: readonly FeedFormat[] = ['full', 'compact', 'columns'];

function audienceKey({ key }: View, format: FeedFormat): string {
  return `${format} ${key}`;
}

/** Returns what marks a view in the id of a frame: whoever gets another view can't continue the one before. */
function viewMark(view: View): string {
  if (view === WHOLE_FLEET) return '';
  return `:${createHash('sha256').update(view.key).digest('hex').slice(0, 16)}`;
}
