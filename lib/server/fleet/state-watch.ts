import 'server-only';
import type { Health } from '@/lib/plane/health/health';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { ObservedState } from '@/lib/plane/wall/since';

interface Watched {
  readonly state: HealthState | null;
  readonly sinceMs: number;
  readonly seenToChange: boolean;
}

/**
 * Since when this server sees one plane in its state. While the API server is silent the plane is unknown, but that is
 * the server's own trouble: when the silence ends and the state is as before, it has lasted all the time.
 */
export class StateWatch {
  private watched: Watched = { state: null, sinceMs: 0, seenToChange: false };
  private blindSinceMs: number | null = null;

  /**
   * @param nowMs the API server's clock
   * @param wasSo nothing but the knowledge of the plane has grown: it was in this state before, unseen
   */
  saw({ state, reasons: [first] }: Health, nowMs: number, wasSo: boolean): void {
    if (first?.code === 'no-contact') {
      this.blindSinceMs ??= nowMs;
      return;
    }
    const wasBlind = this.blindSinceMs !== null;
    this.blindSinceMs = null;
    const { watched: before } = this;
    if (before.state === state) return;
    if (before.state !== null && wasSo) this.watched = { ...before, state, seenToChange: false };
    else this.watched = { state, sinceMs: nowMs, seenToChange: before.state !== null && !wasBlind };
  }

  get observed(): ObservedState {
    const { sinceMs, seenToChange } = this.watched;
    return this.blindSinceMs === null
      ? { at: new Date(sinceMs).toISOString(), seenToChange }
      : { at: new Date(this.blindSinceMs).toISOString(), seenToChange: true };
  }
}
