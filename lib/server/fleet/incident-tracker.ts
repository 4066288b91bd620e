import 'server-only';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import { detectIncident, type Incident, incidentSinceMs } from '@/lib/plane/health/incident';
import type { Plane } from '@/lib/plane/model/plane';

/** A little less than the engine's tick of a second, so that no tick comes too early for it. */
const PERIOD_MS = 900;

/** Detects when an incident of the control plane begins, changes and ends. */
export class IncidentTracker {
  private current: Incident | null = null;
  private checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: HealthLimits) {}

  /** All incidents: at most one. */
  get all(): readonly Incident[] {
    return this.current ? [this.current] : [];
  }

  /**
   * Checks the fleet, once a second at most: while a large one is being lost the incident differs with every plane
   * that goes. Returns whether it differs from before.
   *
   * @param planes those of kinds with fresh contact
   */
  check(planes: Iterable<Plane>, nowMs: number): boolean {
    const atMs = performance.now();
    if (atMs - this.checkedAtMs < PERIOD_MS) return false;
    this.checkedAtMs = atMs;
    const before = this.current;
    this.current = detectIncident(planes, this.limits, nowMs);
    if (before === null && this.current === null) return false;
    return JSON.stringify(before) !== JSON.stringify(this.current);
  }

  /** Since when the incident concerns this plane; null: it does not. */
  sinceMs(plane: Plane, nowMs: number): number | null {
    return this.current ? incidentSinceMs(plane, this.current, this.limits, nowMs) : null;
  }
}
