import type { ApiServer, Source } from '@/lib/api/fleet';
import type { WallFrame } from '@/lib/api/wall';
import { ServerClockEstimate } from '@/lib/plane/time/server-clock-estimate';
import { parseTimeMs } from '@/lib/plane/time/age';
import { SlewedClock } from '@/lib/plane/time/slewed-clock';
import { OLD_MS, type WallAge, wallAge } from './wall-age';
import { readWallFrame, readWallKeepalive } from './wall-frame';
import type { WallRefusal } from './wall-refusal';

/** What a wall knows. */
export interface WallState {
  /** What it shows: the last frame that was current when it came. */
  readonly frame: WallFrame | null;
  readonly sources: readonly Source[];
  readonly refusal: WallRefusal | null;
  /** The version that the server runs; null: not heard yet. */
  readonly build: string | null;
}

/** Keeps what frames say, and tells time and age. No timers and no connection of its own. */
export class WallStore {
  private current: WallState;
  private latest: WallFrame | null = null;
  private apiServer: ApiServer | null = null;
  private heardAtMs: number | null = null;
  /** When a server was heard last that knew all its planes. */
  private completeAtMs: number | null = null;
  private readonly openedAtMs: number;
  private readonly estimate = new ServerClockEstimate();
  private readonly told = new SlewedClock();
  private readonly seedOffsetMs: number;

  /**
   * @param monotonicMs this screen's clock that never goes back
   * @param serverTime the API server's clock when the page was made, RFC 3339
   */
  constructor(
    private readonly monotonicMs: () => number,
    serverTime: string,
    refusal: WallRefusal | null,
  ) {
    this.openedAtMs = monotonicMs();
    this.seedOffsetMs = (parseTimeMs(serverTime) ?? 0) - this.openedAtMs;
    this.current = { frame: null, sources: [], refusal, build: null };
  }

  get state(): WallState {
    return this.current;
  }

  /** The API server's clock, milliseconds since the epoch. */
  nowMs(): number {
    return this.told.nowMs(this.monotonicMs(), this.estimate.offsetMs ?? this.seedOffsetMs);
  }

  /** For how long the wall has been shown. */
  openMs(): number {
    return this.monotonicMs() - this.openedAtMs;
  }

  age(): WallAge {
    const silenceMs = this.heardAtMs === null ? null : this.monotonicMs() - this.heardAtMs;
    return wallAge({ apiServer: this.apiServer, silenceMs, openMs: this.openMs() }, this.nowMs());
  }

  /** Takes over a frame; false: it is not of this contract, as after an upgrade. */
  apply(event: 'wall' | 'keepalive', text: string): boolean {
    try {
      const frame = event === 'wall' ? readWallFrame(text) : null;
      const { serverTime, build, apiServer, sources } = frame ?? readWallKeepalive(text);
      const heardAtMs = this.monotonicMs();
      const serverTimeMs = parseTimeMs(serverTime);
      if (serverTimeMs !== null) this.estimate.add(serverTimeMs, heardAtMs);
      this.heardAtMs = heardAtMs;
      // A server that was just started has had no contact yet: what is shown is from the contact before that.
      const lastContactAt = apiServer.lastContactAt ?? this.apiServer?.lastContactAt ?? null;
      this.apiServer = { ...apiServer, lastContactAt };
      if (frame) this.latest = frame;
      const isStarting = this.isStarting(apiServer, sources, heardAtMs);
      // While contact is lost the server judges planes by that alone. The last state somebody saw says more, dimmed.
      const keepsLast = this.current.frame !== null && (isStarting || this.age().state !== 'live');
      this.current = {
        frame: keepsLast ? this.current.frame : this.latest,
        sources: keepsLast && isStarting ? this.current.sources : sources,
        refusal: null,
        build,
      };
      return true;
    } catch {
      return false;
    }
  }

  /** Whether a server does not know its planes yet, and what is shown is not old: nobody need see it being restarted. */
  private isStarting({ state }: ApiServer, sources: readonly Source[], nowMs: number): boolean {
    const isListing = sources.length === 0 || sources.some((source) => source.state === 'syncing');
    const knowsAll = state !== 'connecting' && !isListing;
    if (knowsAll) this.completeAtMs = nowMs;
    return !knowsAll && this.completeAtMs !== null && nowMs - this.completeAtMs <= OLD_MS;
  }

  refuse(refusal: WallRefusal): void {
    this.latest = null;
    this.current = { ...this.current, frame: null, refusal };
  }
}
