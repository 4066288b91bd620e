import 'server-only';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import {
  detectIncident,
  type Incident,
  incidentSinceMs,
  type ReportedPlane,
} from '@/lib/plane/health/incident';

/** A little less than the engine's tick of a second, so no tick comes too early for it. */
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
   * Checks the fleet, at most once a second: while a large fleet disconnects, the incident changes with every plane.
   * Returns whether the incident changed.
   *
   * @param planes those of kinds with fresh contact
   */
  check(planes: Iterable<ReportedPlane>, nowMs: number): boolean {
    const atMs = performance.now();
    if (atMs - this.checkedAtMs < PERIOD_MS) return false;
    this.checkedAtMs = atMs;
    const before = this.current;
    this.current = detectIncident(planes, this.limits, nowMs);
    if (before === null && this.current === null) return false;
    return JSON.stringify(before) !== JSON.stringify(this.current);
  }

  /** Returns since when the incident affects this plane; null: it doesn't. */
  sinceMs(plane: ReportedPlane, nowMs: number): number | null {
    return this.current ? incidentSinceMs(plane, this.current, this.limits, nowMs) : null;
  }
}
