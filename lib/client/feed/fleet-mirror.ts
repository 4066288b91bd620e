import type { FleetSnapshot } from '@/lib/api/fleet';
import { ServerClock } from '@/lib/plane/time/server-clock';
import type { Delivery } from './event-stream';
import { type RawFrame, readFrame } from './feed-frame';
import { applyFrame, type FleetState, INITIAL_FLEET_STATE } from './fleet-state';
import { monotonicMs } from './monotonic-clock';

/** The fleet's state and its clock, updated by each frame. */
export class FleetMirror {
  private current: FleetState = INITIAL_FLEET_STATE;
  readonly clock = new ServerClock(monotonicMs);
  /** Whether a frame was missed, so the changes after it can't be applied. */
  private needsSnapshot = false;

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
    if (this.needsSnapshot && raw.event !== 'snapshot') return true;
    try {
      const frame = readFrame(raw.event, raw.id, raw.text);
      this.clock.observe(frame.data.serverTime, receivedAtMs);
      this.current = applyFrame(this.current, frame, receivedAtMs);
      this.needsSnapshot = false;
      return true;
    } catch {
      this.needsSnapshot = true;
      this.lose();
      return false;
    }
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

  /** Returns the state as a snapshot frame, for a tab that joins later; null before the first snapshot. */
  snapshotFrame(): RawFrame | null {
    const { epoch, revision, installation, limits, apiServer, sources, incidents, planes } = this.current;
    const { controlPlane, lastFrameAtMs } = this.current;
    if (epoch === null || installation === null || !limits || !apiServer || lastFrameAtMs === null)
      return null;
    const snapshot: FleetSnapshot = {
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
      planes: [...planes.values()],
    };
    return { event: 'snapshot', id: `${epoch}:${revision}`, text: JSON.stringify(snapshot) };
  }
}
