import 'server-only';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { Visibility } from '@/lib/server/rights/visible-planes';
import { ChangeRing } from './change-ring';
import { changesJson, type HeartbeatFormat, keepaliveJson, sseFrame } from './sse-frame';
import { StreamHub } from './stream-hub';
import { STREAM_LIMITS } from './stream-limits';

interface FleetView {
  readonly visibility: Visibility;
  readonly heartbeatFormat: HeartbeatFormat;
}

export interface FeedHubOptions {
  readonly engine: FleetEngine;
  /** The API server's clock, RFC 3339. */
  readonly serverTime: () => string;
  /** The whole visible fleet as JSON, at the engine's revision. */
  readonly snapshotJson: (visibility: Visibility) => string;
}

/**
 * Sends the fleet to every reader: first a snapshot or the missed changes, then each change, encoded once for all
 * readers with the same rights.
 */
export class FeedHub extends StreamHub<FleetView> {
  private readonly ring = new ChangeRing();
  private unsubscribe: (() => void) | undefined;
  /**
   * The last snapshot for each audience: after a restart all readers connect at once, and a large snapshot is
   * megabytes.
   */
  private readonly snapshots = new Map<string, { readonly json: string; readonly frame: Uint8Array }>();

  constructor(private readonly options: FeedHubOptions) {
    super(STREAM_LIMITS.fleet);
  }

  /** Starts sending changes. */
  start(): void {
    this.unsubscribe ??= this.options.engine.subscribe((changes) => {
      this.ring.push(changes);
      const serverTime = this.options.serverTime();
      for (const [key, { view }] of this.audiences) {
        const json = changesJson(changes, view.visibility, serverTime, view.heartbeatFormat);
        if (json !== null) this.send(key, this.frame('changes', changes.revision, json));
      }
    });
  }

  /**
   * Opens a stream.
   *
   * @param since the id of the reader's last frame, `<epoch>:<revision>`; null or unknown: it gets a snapshot
   */
  open(
    visibility: Visibility,
    since: string | null,
    heartbeatFormat: HeartbeatFormat = 'full',
  ): ReadableStream<Uint8Array> {
    return this.admit({
      key: `${heartbeatFormat} ${visibility.key}`,
      tag: undefined,
      view: () => ({ visibility, heartbeatFormat }),
      firstFrames: (view) => [this.firstFrame(view, since)],
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
    // A keep-alive reports the sources' state, so the changes that led to it go first.
    this.options.engine.flush();
  }

  protected override onEmpty({ visibility }: FleetView): void {
    this.snapshots.delete(visibility.key);
  }

  private firstFrame({ visibility, heartbeatFormat }: FleetView, since: string | null): Uint8Array {
    const { engine } = this.options;
    engine.flush();
    const position = parsePosition(since);
    if (position?.epoch === engine.epoch) {
      const missed = this.ring.since(position.revision, engine.revision);
      if (missed) {
        // Contact may have changed since; sending the whole state costs little and is always right.
        const whole = {
          ...missed,
          apiServer: engine.apiServer.wire(),
          sources: engine.sources.wire(),
          incidents: engine.incidents,
          controlPlane: engine.controlPlane,
        };
        const json = changesJson(whole, visibility, this.options.serverTime(), heartbeatFormat);
        if (json !== null) return this.frame('changes', engine.revision, json);
      }
    }
    return this.snapshotFrame(visibility);
  }

  private snapshotFrame(visibility: Visibility): Uint8Array {
    const json = this.options.snapshotJson(visibility);
    const known = this.snapshots.get(visibility.key);
    if (known?.json === json) return known.frame;
    const frame = this.frame('snapshot', this.options.engine.revision, json);
    this.snapshots.set(visibility.key, { json, frame });
    return frame;
  }

  private frame(event: 'snapshot' | 'changes', revision: number, json: string): Uint8Array {
    this.counters.framesBuilt += 1;
    return sseFrame(event, `${this.options.engine.epoch}:${revision}`, json);
  }
}

/** Parses `<epoch>:<revision>`; null for anything else. */
function parsePosition(since: string | null): { epoch: string; revision: number } | null {
  const match = /^([0-9a-f-]{36}):(\d{1,15})$/.exec(since ?? '');
  return match?.[1] && match[2] ? { epoch: match[1], revision: Number(match[2]) } : null;
}
