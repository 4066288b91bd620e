import 'server-only';
import { randomUUID } from 'node:crypto';
import type { HealthLimits } from '@/lib/plane/health/health-facts';
import {
  type Incident,
  incidentReport,
  shiftedIncident,
  type TrackedIncident,
} from '@/lib/plane/health/incident';
import { advanceIncidents } from '@/lib/plane/health/incident-rules';
import { isStillLost, type ReportedPlane } from '@/lib/plane/health/loss';
import type { FleetReports } from '@/lib/plane/health/loss-survey';

/** A little less than the engine's tick of a second, so no tick comes too early for it. */
const PERIOD_MS = 900;

/** Follows incidents from their begin to their end, and knows which planes are lost in them. */
export class IncidentTracker {
  private tracked: readonly TrackedIncident[] = [];
  private reported: readonly Incident[] = [];
  /** The incident of each plane that is lost in one, by uid. */
  private lostIn: ReadonlyMap<string, string> = new Map();
  private changedMs: ReadonlyMap<string, number> = new Map();
  private checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly limits: HealthLimits) {}

  /** All incidents that are going on, in the numbers of the whole fleet, those of most planes first. */
  get all(): readonly Incident[] {
    return this.reported;
  }

  /**
   * Looks at the fleet, at most once a second: while a large fleet disconnects, the incident changes with every plane.
   * Without a call, the incidents stay as they are. Returns whether they changed, or who is lost in them.
   *
   * @param planes all planes, with or without recent contact
   */
  check(reports: () => FleetReports, planes: () => Iterable<ReportedPlane>, nowMs: number): boolean {
    const atMs = performance.now();
    if (atMs - this.checkedAtMs < PERIOD_MS) return false;
    this.checkedAtMs = atMs;
    const before = this.tracked;
    const { limits } = this;
    this.tracked = advanceIncidents(before, reports(), { limits, nowMs, newId: randomUUID });
    this.changedMs = changedMembers(before, this.tracked);
    if (before.length === 0 && this.tracked.length === 0) return false;
    const [reported, lostIn] = [this.reported, this.lostIn];
    this.reported = this.seenBy(planes, nowMs);
    this.lostIn = lostPlanes(this.tracked);
    return JSON.stringify(reported) !== JSON.stringify(this.reported) || !isSame(lostIn, this.lostIn);
  }

  /**
   * Returns the planes whose connection changed in an incident at the last look, by uid: those that are lost, or were until
   * then, with the time of the loss.
   */
  get changed(): ReadonlyMap<string, number> {
    return this.changedMs;
  }

  /** Moves all times, because the clock that they were measured on was set. */
  shiftClock(byMs: number): void {
    this.tracked = this.tracked.map((incident) => shiftedIncident(incident, byMs));
  }

  /**
   * Returns the incidents as a reader sees them who may see only these planes, those of most planes first.
   *
   * @param place `wall`: the reader is a wall that is limited to these planes
   */
  seenBy(
    planes: () => Iterable<ReportedPlane>,
    nowMs: number,
    place: 'fleet' | 'wall' = 'fleet',
  ): Incident[] {
    return this.tracked
      .filter(({ endedAtMs }) => endedAtMs === null)
      .map((incident) => incidentReport(incident, planes(), this.limits, nowMs, place))
      .filter((incident) => incident !== null)
      .toSorted(
        (a, b) => Number(b.code === 'control-plane') - Number(a.code === 'control-plane') || b.lost - a.lost,
      );
  }

  /** Returns whether a plane was lost in an incident at the last look. */
  isMember(uid: string): boolean {
    return this.lostIn.has(uid);
  }

  /** Returns the id of the incident in which this plane is lost, by its latest status; undefined: none. */
  incidentOf(reported: ReportedPlane, nowMs: number): string | undefined {
    const id = this.lostIn.get(reported.plane.uid);
    return id !== undefined && isStillLost(reported, this.limits, nowMs) ? id : undefined;
  }
}

function changedMembers(
  before: readonly TrackedIncident[],
  after: readonly TrackedIncident[],
): ReadonlyMap<string, number> {
  const changed = new Map<string, number>();
  for (const { id, members } of after) {
    const known = before.find((incident) => incident.id === id)?.members;
    for (const [uid, { isBack, loss }] of members)
      if (!isBack || known?.get(uid)?.isBack === false) changed.set(uid, loss.atMs);
  }
  return changed;
}

function lostPlanes(tracked: readonly TrackedIncident[]): ReadonlyMap<string, string> {
  const lostIn = new Map<string, string>();
  for (const { id, members, endedAtMs } of tracked) {
    if (endedAtMs !== null) continue;
    for (const [uid, { isBack }] of members) if (!isBack) lostIn.set(uid, id);
  }
  return lostIn;
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [uid, id] of a) if (b.get(uid) !== id) return false;
  return true;
}
