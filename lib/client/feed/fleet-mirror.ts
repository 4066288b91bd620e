import type { FleetPlane, FleetSnapshot } from '@/lib/api/fleet';
import { type FleetPart, PLANES_PER_PART } from '@/lib/api/fleet-table';
import type { JsonObject } from '@/lib/plane/json/json';
import { encodeColumn } from '@/lib/plane/json/json-table';
import { ServerClock } from '@/lib/plane/time/server-clock';
import type { Delivery } from './event-stream';
import { type FeedFrame, type RawFrame, readFrame } from './feed-frame';
import { applyFrame, type FleetState, INITIAL_FLEET_STATE } from './fleet-state';
import { monotonicMs } from './monotonic-clock';
import { tablePlanes } from './table-planes';

type SnapshotFrame = Extract<FeedFrame, { event: 'snapshot' }>;

interface PendingSnapshot {
  readonly envelope: Omit<FleetSnapshot, 'planes'>;
  readonly planes: FleetPlane[];
  readonly frames: RawFrame[];
}

/** The fleet's state and its clock, updated by each frame. */
export class FleetMirror {
  private current: FleetState = INITIAL_FLEET_STATE;
  readonly clock = new ServerClock(monotonicMs);
  /** Whether a frame was missed, so the changes after it can't be applied. */
  private needsSnapshot = false;
  /** The parts of a snapshot that isn't complete yet. */
  private pending: PendingSnapshot | null = null;

  get state(): FleetState {
    return this.current;
  }

  /**
   * Applies a frame. Returns false if the frame breaks the contract because the server runs another version of it.
   * The state then doesn't count as current, and all frames before the next snapshot are ignored.
   *
   * @param receivedAtMs when the frame arrived, on this browser's monotonic clock
   */
  apply(raw: RawFrame, receivedAtMs: number): boolean {
    if (this.needsSnapshot && raw.event !== 'snapshot' && raw.event !== 'part') return true;
    try {
      const frame = readFrame(raw.event, raw.id, raw.text);
      this.clock.observe(frame.data.serverTime, receivedAtMs);
      const whole = frame.event === 'part' ? this.addPart(frame.data, raw) : frame;
      if (!whole) return true;
      this.pending = null;
      this.current = applyFrame(this.current, whole, receivedAtMs);
      this.needsSnapshot = false;
      return true;
    } catch {
      this.needsSnapshot = true;
      this.pending = null;
      this.lose();
      return false;
    }
  }

  /** The parts that have arrived of a snapshot that isn't complete yet. */
  get pendingFrames(): readonly RawFrame[] {
    return this.pending?.frames ?? [];
  }

  /**
   * Adds a part of a snapshot. Returns the snapshot with its last part; null before.
   *
   * @throws TypeError if it doesn't follow the part before
   */
  private addPart({ part, parts, envelope, planes }: FleetPart, raw: RawFrame): SnapshotFrame | null {
    if (envelope) this.pending = { envelope, planes: [], frames: [] };
    const { pending } = this;
    if (!pending || pending.frames.length !== part) throw new TypeError('A part of the snapshot is missing.');
    pending.planes.push(...tablePlanes(planes));
    pending.frames.push(raw);
    if (part < parts - 1) return null;
    return { event: 'snapshot', data: { ...pending.envelope, planes: pending.planes } };
  }

  lose(): void {
    if (this.current.status !== 'lost')
      this.current = { ...this.current, status: 'lost', changedUids: new Set() };
  }

  /** Sets the reason for which the server admits no more readers, until the next frame. */
  refuse(refusal: string): void {
    this.lose();
    this.current = { ...this.current, refusal };
  }

  setDelivery(delivery: Delivery): void {
    this.current = { ...this.current, delivery };
  }

  /** Returns the state as the parts of a snapshot, for a tab that joins later; none before the first snapshot. */
  snapshotFrames(): RawFrame[] {
    const { epoch, revision, installation, limits, apiServer, sources, incidents, planes } = this.current;
    const { controlPlane, lastFrameAtMs } = this.current;
    if (epoch === null || installation === null || !limits || !apiServer || lastFrameAtMs === null) return [];
    const envelope: Omit<FleetSnapshot, 'planes'> = {
      // The time of the last frame, which is the age of this state.
      serverTime: new Date(lastFrameAtMs + (this.clock.offsetMs ?? 0)).toISOString(),
      revision,
      epoch,
      installation,
      limits,
      apiServer,
      sources: [...sources],
      incidents: [...incidents],
      controlPlane,
    };
    const rows = [...planes.values()] as unknown[] as JsonObject[];
    const parts = Math.max(1, Math.ceil(rows.length / PLANES_PER_PART));
    return Array.from({ length: parts }, (_, part) => {
      const data: FleetPart = {
        part,
        parts,
        serverTime: envelope.serverTime,
        ...(part === 0 ? { envelope } : {}),
        planes: encodeColumn(rows.slice(part * PLANES_PER_PART, (part + 1) * PLANES_PER_PART)),
      };
      return { event: 'part', id: `${epoch}:${revision}`, text: JSON.stringify(data) };
    });
  }
}
