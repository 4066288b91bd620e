import { parseTimeMs } from '@/lib/plane/time/age';
import type { z } from '@/lib/zod';
import type { incidentSchema } from './health';
import type { HealthLimits } from './health-facts';
import { incidentMessage } from './incident-text';
import { type Loss, lossOf, type ReportedPlane, saysConnected } from './loss';

/** An incident, as far as its reader may see its planes. */
export type Incident = z.infer<typeof incidentSchema>;

/** A plane that was lost in an incident, and its latest loss in it. */
export interface IncidentMember {
  /** Its planeID: one planeID is one cluster, whatever the number of its roles. */
  readonly cluster: string;
  readonly loss: Loss;
  /**
   * Its loss at the start of the incident, which says when that began; null: it was lost later. The same object as `loss`
   * unless it was back since.
   */
  readonly first: Loss | null;
  /** Whether the plane was connected again since. */
  readonly isBack: boolean;
}

/** An incident as the server follows it. All times in milliseconds since the epoch. */
export interface TrackedIncident {
  readonly id: string;
  readonly code: Incident['code'];
  /** By uid. */
  readonly members: ReadonlyMap<string, IncidentMember>;
  /** The first and the last loss of those that prove it, by `Loss.atMs`. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** The last loss that joined it. */
  readonly lastJoinedMs: number;
  /** When it ended; null: it's going on. An ended one never goes on. */
  readonly endedAtMs: number | null;
}

/** Returns an incident with all its times moved, as when the clock that they were measured on is set. */
export function shiftedIncident(incident: TrackedIncident, byMs: number): TrackedIncident {
  const moved = (atMs: number | null) => (atMs === null ? null : atMs + byMs);
  const movedLoss = (loss: Loss) => ({
    ...loss,
    atMs: loss.atMs + byMs,
    afterMs: moved(loss.afterMs),
    byMs: moved(loss.byMs),
  });
  const members = new Map<string, IncidentMember>();
  for (const [uid, member] of incident.members) {
    const loss = movedLoss(member.loss);
    const first = member.first === member.loss ? loss : member.first && movedLoss(member.first);
    members.set(uid, { ...member, loss, first });
  }
  return {
    ...incident,
    members,
    firstMs: incident.firstMs + byMs,
    lastMs: incident.lastMs + byMs,
    lastJoinedMs: incident.lastJoinedMs + byMs,
    endedAtMs: moved(incident.endedAtMs),
  };
}

/**
 * Returns an incident as a reader sees it: numbers and start come from these planes alone. Null if none of them is
 * still lost in it.
 *
 * @param planes all planes that the reader may see
 * @param place `wall`: the reader is a wall that is limited to some planes, and its message says so
 */
export function incidentReport(
  incident: TrackedIncident,
  planes: Iterable<ReportedPlane>,
  limits: HealthLimits,
  nowMs: number,
  place: 'fleet' | 'wall' = 'fleet',
): Incident | null {
  const { id, code } = incident;
  const members: IncidentMember[] = [];
  const clusters = new Set<string>();
  let others = 0;
  for (const reported of planes) {
    const member = incident.members.get(reported.plane.uid);
    if (member) {
      members.push(member);
      clusters.add(member.cluster);
    } else if (wasConnected(reported, incident, limits, nowMs)) others += 1;
  }
  const lost = members.filter(({ isBack }) => !isBack).length;
  if (lost === 0) return null;
  const report = {
    id,
    code,
    kind: kindOf(members),
    ...startOf(members, nowMs),
    planes: members.length,
    lost,
    planeIDs: clusters.size,
    connectedBefore: members.length + others,
  };
  const certain = members.every(({ loss }) => loss.certain);
  return {
    ...report,
    message: incidentMessage(report, { place, certain, spreadMs: spreadOf(members, report) }),
  };
}

/**
 * Returns whether a plane outside the incident was connected when it began, with or without a heartbeat. One that is
 * being deleted is in no incident, whatever happens to it, and one that connected first since then wasn't connected.
 */
function wasConnected(
  reported: ReportedPlane,
  incident: TrackedIncident,
  limits: HealthLimits,
  nowMs: number,
): boolean {
  const { deletingSince, agent } = reported.plane;
  if (deletingSince !== undefined) return false;
  const connectedAtMs = parseTimeMs(agent?.lastConnectedTime);
  if (connectedAtMs !== null && connectedAtMs > incident.lastMs && !agent?.lastDisconnectedTime) return false;
  const loss = lossOf(reported, limits, nowMs);
  return loss?.certain ? loss.atMs > incident.lastMs : saysConnected(reported);
}

/** How long after a disconnection the controller may notice it. */
const NOTICE_MS = 75_000;

/**
 * Returns the time within which the planes were lost; null if all of them may have been lost at the start, so the bounds
 * of the start hold for each.
 */
function spreadOf(
  members: readonly IncidentMember[],
  { since, startedBy }: Pick<Incident, 'since' | 'startedBy'>,
): number | null {
  const fromMs = parseTimeMs(since) ?? 0;
  const toMs = parseTimeMs(startedBy) ?? Number.POSITIVE_INFINITY;
  const isAtStart = ({ loss: { afterMs, byMs } }: IncidentMember) =>
    (afterMs ?? (byMs ?? 0) - NOTICE_MS) <= toMs && (byMs ?? fromMs) >= fromMs;
  if (members.every(isAtStart)) return null;
  const lastMs = members.reduce((last, { loss }) => Math.max(last, loss.byMs ?? loss.atMs), fromMs);
  return lastMs - fromMs;
}

function kindOf(members: readonly IncidentMember[]): Incident['kind'] {
  const [kind, ...others] = new Set(members.map(({ loss }) => loss.kind));
  return kind === undefined || others.length > 0 ? 'mixed' : kind;
}

/** How much later than its turn a busy controller may copy a heartbeat: its copies are up to 100 s apart then. */
const MAX_DELAY_MS = 45_000;

/**
 * Returns the bounds of the start, none of them in the future; both null if nothing says when it was. The planes were lost together, so it happened after the latest heartbeat of any of
 * them, before the first controller noticed, and before a frozen status missed its next heartbeat. A heartbeat from
 * after that bounds only its own plane's loss.
 */
function startOf(members: readonly IncidentMember[], nowMs: number): Pick<Incident, 'since' | 'startedBy'> {
  const first = members.flatMap((member) => member.first ?? []);
  const losses = first.length > 0 ? first : members.map(({ loss }) => loss);
  const byMs = losses.reduce((least, loss) => Math.min(least, loss.byMs ?? least), Number.POSITIVE_INFINITY);
  const missedMs = losses.reduce((least, { kind, atMs }) => {
    return kind === 'frozen' ? Math.min(least, atMs + MAX_DELAY_MS) : least;
  }, byMs);
  const afterMs = losses.reduce(
    (latest, loss) =>
      loss.afterMs !== null && loss.afterMs <= missedMs ? Math.max(latest, loss.afterMs) : latest,
    Number.NEGATIVE_INFINITY,
  );
  const timeText = (atMs: number) =>
    Number.isFinite(atMs) ? new Date(Math.min(atMs, nowMs)).toISOString() : null;
  const startedBy = timeText(byMs);
  return { since: timeText(afterMs) ?? startedBy, startedBy };
}
