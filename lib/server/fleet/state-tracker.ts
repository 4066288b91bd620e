import 'server-only';
import type { Health } from '@/lib/plane/health/health';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { ObservedState } from '@/lib/plane/health/state-since';

interface TrackedState {
  readonly state: HealthState | null;
  readonly sinceMs: number;
  readonly seenToChange: boolean;
}

/**
 * Tracks since when this server has seen one plane in its state. Without contact with the API server the plane is
 * unknown. If it has the same state when contact returns, it counts as unchanged.
 */
export class StateTracker {
  private tracked: TrackedState = { state: null, sinceMs: 0, seenToChange: false };
  private noContactSinceMs: number | null = null;

  /**
   * @param nowMs the API server's clock
   * @param wasUnseen the plane is the same, and only more is known of it: it was in this state before
   */
  update({ state, reasons: [first] }: Health, nowMs: number, wasUnseen: boolean): void {
    if (first?.code === 'no-contact') {
      this.noContactSinceMs ??= nowMs;
      return;
    }
    const hadNoContact = this.noContactSinceMs !== null;
    this.noContactSinceMs = null;
    const { tracked: before } = this;
    if (before.state === state) return;
    if (before.state !== null && wasUnseen) this.tracked = { ...before, state, seenToChange: false };
    else this.tracked = { state, sinceMs: nowMs, seenToChange: before.state !== null && !hadNoContact };
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shift(byMs: number): void {
    this.tracked = { ...this.tracked, sinceMs: this.tracked.sinceMs + byMs };
    if (this.noContactSinceMs !== null) this.noContactSinceMs += byMs;
  }

  get observed(): ObservedState {
    const { sinceMs, seenToChange } = this.tracked;
    return this.noContactSinceMs === null
      ? { at: new Date(sinceMs).toISOString(), seenToChange }
      : { at: new Date(this.noContactSinceMs).toISOString(), seenToChange: true };
  }
}
