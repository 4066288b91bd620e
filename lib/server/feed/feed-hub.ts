import 'server-only';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { View } from '@/lib/server/rights/view';
import { ChangeRing } from './change-ring';
import type { SharedBytes } from './shared-bytes';
import { changesJson, type HeartbeatFormat, keepaliveJson, sseFrame } from './sse-frame';
import type { StreamForm } from './stream-form';
import { StreamHub } from './stream-hub';
import { STREAM_LIMITS } from './stream-limits';

interface FleetView {
  readonly view: View;
  readonly heartbeatFormat: HeartbeatFormat;
}

/**
 * How long new readers get the same snapshot, with what has changed since. Shorter than the jump of a clock that browsers
 * notice (`ServerClockEstimate`), because a snapshot contains the time.
 */
const SNAPSHOT_REUSE_MS = 4000;
/** A snapshot is renewed when what has changed since is more than this part of it. */
const MAX_CHANGED_SHARE = 1 / 4;
/** How many frames with missed changes are kept for other readers that missed the same. */
const MAX_CATCH_UPS = 16;

interface SnapshotFrame {
  readonly revision: number;
  readonly createdAtMs: number;
  readonly frame: SharedBytes;
}

export interface FeedHubOptions {
  readonly engine: FleetEngine;
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  /** The whole visible fleet as JSON, at the engine's revision. */
  readonly snapshotJson: (view: View) => string;
}

/**
 * Sends the fleet to every reader: first a snapshot or the missed changes, then each change, encoded once for all
 * readers with the same rights.
 */
export class FeedHub extends StreamHub<FleetView> {
  private readonly ring = new ChangeRing();
  private unsubscribe: (() => void) | undefined;
  /** The last snapshot for each view: after a restart all readers connect at once, and a large snapshot is megabytes. */
  private readonly snapshots = new Map<string, SnapshotFrame>();
  /** Frames with everything between an earlier revision and `catchUpsRevision`. */
  private readonly catchUps = new Map<string, SharedBytes>();
  private catchUpsRevision = 0;

  constructor(private readonly options: FeedHubOptions) {
    super(STREAM_LIMITS.fleet);
  }

  /** Starts sending changes. */
  start(): void {
    this.unsubscribe ??= this.options.engine.subscribe((changes) => {
      this.ring.push(changes);
      const serverTime = this.options.serverTime();
      for (const [key, { view }] of this.audiences) {
        const json = changesJson(changes, view.view, serverTime, view.heartbeatFormat);
        if (json !== null) this.send(key, this.frame('changes', changes.revision, json));
      }
    });
  }

  /**
   * Opens a stream.
   *
   * @param since the id of the reader's last frame, `<epoch>:<revision>`; null or unknown: it gets a snapshot
   * @throws ProblemError `too-many-readers`
   */
  open(
    view: View,
    since: string | null,
    heartbeatFormat: HeartbeatFormat = 'full',
    form?: StreamForm,
  ): ReadableStream<Uint8Array> {
    return this.admit({
      key: `${heartbeatFormat} ${view.key}`,
      tag: undefined,
      view: () => ({ view, heartbeatFormat }),
      firstFrames: (view) => this.firstFrames(view, since),
      form,
    });
  }

  override close(): void {
    this.unsubscribe?.();
    super.close();
  }

  protected keepaliveJson(): string {
    const { engine, serverTime } = this.options;
    return keepaliveJson(engine.apiServer.wire(), engine.sources.wire(), serverTime());
  }

  protected override beforeKeepalives(): void {
    // Readers that connected together have their snapshots by now.
    this.snapshots.clear();
    this.catchUps.clear();
    // A keep-alive reports the sources' state, so the changes that led to it go first.
    this.options.engine.flush();
  }

  protected override onEmpty({ view }: FleetView): void {
    this.snapshots.delete(view.key);
  }

  private firstFrames(view: FleetView, since: string | null): readonly SharedBytes[] {
    const { engine } = this.options;
    engine.flush();
    const position = parsePosition(since);
    const missed = position?.epoch === engine.epoch ? this.catchUp(view, position.revision) : null;
    return missed ? [missed] : this.snapshot(view);
  }

  /** Returns a snapshot and, if it isn't of this moment, what has changed since. */
  private snapshot(view: FleetView): readonly SharedBytes[] {
    const { key } = view.view;
    const known = this.snapshots.get(key);
    const nowMs = performance.now();
    if (known && nowMs - known.createdAtMs < SNAPSHOT_REUSE_MS) {
      if (known.revision === this.options.engine.revision) return [known.frame];
      const missed = this.catchUp(view, known.revision);
      if (missed && missed.byteLength < known.frame.byteLength * MAX_CHANGED_SHARE)
        return [known.frame, missed];
    }
    const { revision } = this.options.engine;
    const frame = this.frame('snapshot', revision, this.options.snapshotJson(view.view));
    this.snapshots.set(key, { revision, createdAtMs: nowMs, frame });
    return [frame];
  }

  /** Returns everything after a revision in one frame; null if it is no longer known. */
  private catchUp({ view, heartbeatFormat }: FleetView, since: number): SharedBytes | null {
    const { engine, serverTime } = this.options;
    if (this.catchUpsRevision !== engine.revision || this.catchUps.size >= MAX_CATCH_UPS)
      this.catchUps.clear();
    this.catchUpsRevision = engine.revision;
    const key = `${heartbeatFormat} ${since} ${view.key}`;
    const known = this.catchUps.get(key);
    if (known) return known;
    const missed = this.ring.since(since, engine.revision);
    if (!missed) return null;
    // Contact may have changed since; sending the whole state costs little and is always right.
    const whole = {
      ...missed,
      apiServer: engine.apiServer.wire(),
      sources: engine.sources.wire(),
      incidents: engine.incidents,
      controlPlane: engine.controlPlane,
    };
    const json = changesJson(whole, view, serverTime(), heartbeatFormat);
    if (json === null) return null;
    const frame = this.frame('changes', engine.revision, json);
    this.catchUps.set(key, frame);
    return frame;
  }

  private frame(event: 'snapshot' | 'changes', revision: number, json: string): SharedBytes {
    this.counters.framesBuilt += 1;
    return sseFrame(event, `${this.options.engine.epoch}:${revision}`, json);
  }
}

/** Parses `<epoch>:<revision>`; null for anything else. */
function parsePosition(since: string | null): { epoch: string; revision: number } | null {
  const match = /^([0-9a-f-]{36}):(\d{1,15})$/.exec(since ?? '');
  return match?.[1] && match[2] ? { epoch: match[1], revision: Number(match[2]) } : null;
}
