import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import {
  type Incident,
  incidentReport,
  shiftedIncident,
  type TrackedIncident,
} from '@/lib/plane/health/incident';
import { advanceIncidents } from '@/lib/plane/health/incident-rules';
import type { ReportedPlane } from '@/lib/plane/health/loss';
import type { FleetReports } from '@/lib/plane/health/loss-survey';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { aPlane, NOW_MS } from './plane-fixture';

export const HOUR_S = 3600;

/** Formats a time of an incident's story, in seconds after it begins. */
export function storyTime(seconds: number): string {
  return new Date(NOW_MS + seconds * SECOND_MS).toISOString();
}

/** The planeIDs `p0`, `p1`, ... */
export function ids(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `p${from + index}`);
}

/** Creates a plane for each planeID. */
export function each(
  planeIDs: readonly string[],
  create: (planeID: string, index: number) => Plane,
): Plane[] {
  return planeIDs.map(create);
}

/** A change of what a connection depends on, last seen unchanged just before. */
export function changeAt(seenS: number, afterS = seenS): NonNullable<ReportedPlane['settingsChange']> {
  return { afterMs: Date.parse(storyTime(afterS)), seenAtMs: Date.parse(storyTime(seenS)) };
}

/** A plane that is connected, with its last heartbeat in seconds of the story; null: it reports none. */
export function connected(planeID: string, heartbeatS: number | null, over: Partial<Plane> = {}): Plane {
  return aPlane({
    uid: planeID,
    name: planeID,
    planeID,
    agent: {
      connected: true,
      connectedAgents: 1,
      ...(heartbeatS === null ? {} : { lastHeartbeatTime: storyTime(heartbeatS) }),
    },
    ...over,
  });
}

/** A plane whose disconnection the controller noticed, with its last heartbeat; null: it reported none. */
export function disconnected(
  planeID: string,
  noticedS: number,
  heartbeatS: number | null = null,
  over: Partial<Plane> = {},
): Plane {
  return aPlane({
    uid: planeID,
    name: planeID,
    planeID,
    agent: {
      connected: false,
      connectedAgents: 0,
      lastDisconnectedTime: storyTime(noticedS),
      ...(heartbeatS === null ? {} : { lastHeartbeatTime: storyTime(heartbeatS) }),
    },
    ...over,
  });
}

/** A plane that is connected again after a disconnection. */
export function reconnected(planeID: string, noticedS: number, heartbeatS: number): Plane {
  const plane = connected(planeID, heartbeatS);
  const agent = plane.agent && { ...plane.agent, lastDisconnectedTime: storyTime(noticedS) };
  return { ...plane, ...(agent ? { agent } : {}) };
}

/** A fleet whose planes change as a story goes on, with the incidents that the server follows. */
export class IncidentStory {
  readonly planes = new Map<string, ReportedPlane>();
  private tracked: TrackedIncident[] = [];
  private readonly unseen = new Set<string>();
  private count = 0;

  /** Sets planes as they are reported from now on. */
  set(...planes: readonly (Plane | ReportedPlane)[]): this {
    for (const item of planes) {
      const reported = 'plane' in item ? item : { plane: item };
      this.planes.set(reported.plane.uid, reported);
      this.unseen.delete(reported.plane.uid);
    }
    return this;
  }

  remove(...uids: readonly string[]): this {
    for (const uid of uids) this.planes.delete(uid);
    return this;
  }

  /** Loses contact with these planes' kind. */
  lose(...uids: readonly string[]): this {
    for (const uid of uids) this.unseen.add(uid);
    return this;
  }

  /** Moves the times of the incidents, as when the clock was set. The caller sets the planes' times. */
  shiftClock(seconds: number): this {
    this.tracked = this.tracked.map((incident) => shiftedIncident(incident, seconds * SECOND_MS));
    return this;
  }

  /** Forgets everything but the statuses. */
  restart(): this {
    this.tracked = [];
    return this;
  }

  /** Returns the incidents at a second of the story. */
  at(seconds: number, over: Partial<FleetReports> = {}): Incident[] {
    const nowMs = NOW_MS + seconds * SECOND_MS;
    const limits = DEFAULT_LIMITS;
    const newId = () => {
      this.count += 1;
      return `incident-${this.count}`;
    };
    const all = [...this.planes.values()];
    const reports: FleetReports = {
      planes: all.filter(({ plane }) => !this.unseen.has(plane.uid)),
      unseen: this.unseen.size,
      exists: (uid) => this.planes.has(uid),
      isListing: false,
      severalReplicas: false,
      ...over,
    };
    this.tracked = advanceIncidents(this.tracked, reports, { limits, nowMs, newId });
    return this.seenBy(() => true, seconds);
  }

  /** Returns the incidents of the last look as a reader sees them who sees only some planes. */
  seenBy(sees: (plane: Plane) => boolean, seconds: number, place: 'fleet' | 'wall' = 'fleet'): Incident[] {
    const nowMs = NOW_MS + seconds * SECOND_MS;
    const planes = [...this.planes.values()].filter(({ plane }) => sees(plane));
    return this.tracked
      .filter(({ endedAtMs }) => endedAtMs === null)
      .map((incident) => incidentReport(incident, planes, DEFAULT_LIMITS, nowMs, place))
      .filter((incident) => incident !== null);
  }

  /** The uids that are lost in an incident. */
  lostIn(id: string): string[] {
    const members = this.tracked.find((incident) => incident.id === id)?.members ?? new Map();
    return [...members].filter(([, { isBack }]) => !isBack).map(([uid]) => uid);
  }
}
