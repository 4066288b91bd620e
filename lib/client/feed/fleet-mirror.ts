import type { FleetSnapshot } from '@/lib/api/fleet';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { RawFrame } from './feed-connection';
import { readFrame } from './feed-frame';
import { applyFrame, type FleetState, INITIAL_FLEET_STATE } from './fleet-state';
import { ServerClockEstimate } from './server-clock-estimate';

/** The fleet's state with the clock that goes with it, kept by frames as they come. */
export class FleetMirror {
  private current: FleetState = INITIAL_FLEET_STATE;
  readonly clock = new ServerClockEstimate();
  /** A frame was missed, so that those after it cannot be built on. */
  private needsSnapshot = false;

  get state(): FleetState {
    return this.current;
  }

  /**
   * Takes over a frame. Returns false when it does not keep to the contract: the server speaks another version of it.
   * Then what is there must not pass for current, and everything up to the next snapshot is let go by.
   *
   * @param heardAtMs when the server was heard, on this browser's monotonic clock
   */
  apply(raw: RawFrame, heardAtMs: number): boolean {
    if (this.needsSnapshot && raw.event !== 'snapshot') return true;
    try {
      const frame = readFrame(raw.event, raw.id, raw.text);
      const serverTimeMs = parseTimeMs(frame.data.serverTime);
      if (serverTimeMs !== null) this.clock.add(serverTimeMs, heardAtMs);
      this.current = applyFrame(this.current, frame, heardAtMs);
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

  /** What is known as a snapshot frame, for somebody who comes later; null before the first snapshot. */
  snapshotFrame(): RawFrame | null {
    const { epoch, revision, installation, limits, apiServer, sources, incidents, planes } = this.current;
    const { lastFrameAtMs } = this.current;
    if (epoch === null || installation === null || !limits || !apiServer || lastFrameAtMs === null)
      return null;
    const snapshot: FleetSnapshot = {
      // The time at which the server was last heard, which is how old this is.
      serverTime: new Date(lastFrameAtMs + (this.clock.offsetMs ?? 0)).toISOString(),
      revision,
      epoch,
      installation,
      limits,
      apiServer,
      sources: [...sources],
      incidents: [...incidents],
      planes: [...planes.values()],
    };
    return { event: 'snapshot', id: `${epoch}:${revision}`, text: JSON.stringify(snapshot) };
  }
}
