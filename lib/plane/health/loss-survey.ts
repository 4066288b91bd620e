import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import { siblingKey } from '@/lib/plane/model/references';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { HealthLimits } from './health-facts';
import type { TrackedIncident } from './incident';
import { isFlapping, isUp, type Loss, lossOf, pastLossOf, type ReportedPlane, saysConnected } from './loss';

/**
 * How long planes that were lost together may stay an incident while others are up. After that, they are more likely
 * retired than waiting for a repair.
 */
export const PART_MAX_MS = DAY_MS;

/** The fleet as the API server reports it now. */
export interface FleetReports {
  /** The planes of kinds with recent contact: without contact, every remembered heartbeat grows old. */
  readonly planes: Iterable<ReportedPlane>;
  /** The number of planes without recent contact. They may be up. */
  readonly unseen: number;
  /** Returns whether a plane still exists, with or without contact. */
  readonly exists: (uid: string) => boolean;
  /** Whether the gateway has several replicas, which can make a connection flap without a fault. */
  readonly severalReplicas: boolean;
}

/** A plane outside all incidents, and a loss that may belong to one. */
export interface Candidate {
  readonly uid: string;
  readonly loss: Loss;
  /** Its role and planeID, which identify its agent. */
  readonly key: string;
  /** One planeID is one cluster, whatever the number of its roles. */
  readonly cluster: string;
  /** Whether the plane is connected again. */
  readonly isBack: boolean;
  /** Whether the loss proves an incident: it's certain and not planned. */
  readonly isProof: boolean;
}

/** All that the rules of incidents compare, collected in one pass through the fleet. */
export interface LossSurvey {
  readonly reports: ReadonlyMap<string, ReportedPlane>;
  /** The planes that are proven to be up. */
  readonly up: readonly string[];
  /** The planeIDs of the planes that are connected, with or without a heartbeat. */
  readonly connected: ReadonlySet<string>;
  /** The losses of all planes that aren't back, by uid, in no order. */
  readonly lost: ReadonlyMap<string, Loss>;
  /** The earliest loss first. */
  readonly candidates: readonly Candidate[];
}

/** @param nowMs the API server's clock, milliseconds since the epoch */
export function surveyLosses(
  incidents: readonly TrackedIncident[],
  { planes }: FleetReports,
  limits: HealthLimits,
  nowMs: number,
): LossSurvey {
  const reports = new Map<string, ReportedPlane>();
  const up: string[] = [];
  const connected = new Set<string>();
  const lost = new Map<string, Loss>();
  const lostCandidates: Candidate[] = [];
  const backCandidates: Candidate[] = [];
  for (const reported of planes) {
    const { plane } = reported;
    const { uid } = plane;
    reports.set(uid, reported);
    const loss = lossOf(reported, limits, nowMs);
    if (loss) lost.set(uid, loss);
    if (saysConnected(reported) && !loss?.certain) connected.add(clusterOf(reported));
    if (isUp(reported, limits, nowMs)) up.push(uid);
    // A deletion disconnects the agent, and a flapping connection is a problem of its own.
    if (plane.deletingSince !== undefined || isFlapping(reported, limits, nowMs)) continue;
    if (loss && !belongs(uid, incidents, limits, nowMs))
      lostCandidates.push(candidate(reported, loss, false, nowMs));
    const past = loss ? null : pastLossOf(reported);
    if (past && nowMs - past.atMs <= PART_MAX_MS && !incidents.some(({ members }) => members.has(uid)))
      backCandidates.push(candidate(reported, past, true, nowMs));
  }
  lostCandidates.sort(byTime);
  const near = backCandidates.filter(({ loss }) => isNear(lostCandidates, incidents, loss.atMs, limits));
  const candidates = near.length > 0 ? [...lostCandidates, ...near].sort(byTime) : lostCandidates;
  return { reports, up, connected, lost, candidates };
}

/**
 * Returns whether the plane's loss is that of an incident. A plane that was back for longer than the window has a new
 * loss.
 */
function belongs(
  uid: string,
  incidents: readonly TrackedIncident[],
  { incidentWindowMs }: HealthLimits,
  nowMs: number,
): boolean {
  return incidents.some(({ members }) => {
    const member = members.get(uid);
    if (!member) return false;
    return member.backAtMs === null || nowMs - member.backAtMs <= incidentWindowMs;
  });
}

function candidate(reported: ReportedPlane, loss: Loss, isBack: boolean, nowMs: number): Candidate {
  const { plane } = reported;
  return {
    uid: plane.uid,
    loss,
    key: siblingKey(plane) ?? plane.uid,
    cluster: clusterOf(reported),
    isBack,
    isProof: loss.certain && activeMaintenance(plane, nowMs) === null,
  };
}

function clusterOf({ plane }: ReportedPlane): string {
  return plane.planeID ?? plane.uid;
}

function byTime(a: Candidate, b: Candidate): number {
  return a.loss.atMs - b.loss.atMs;
}

/** Returns whether a loss that is over can belong to one that isn't. Most are of another time and needn't be compared. */
function isNear(
  sorted: readonly Candidate[],
  incidents: readonly TrackedIncident[],
  atMs: number,
  { incidentWindowMs }: HealthLimits,
): boolean {
  if (incidents.some(({ firstMs, lastMs }) => isWithin(atMs, firstMs, lastMs, incidentWindowMs))) return true;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.loss.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return [sorted[low - 1], sorted[low]].some(
    (item) => item !== undefined && Math.abs(item.loss.atMs - atMs) <= incidentWindowMs,
  );
}

/** Returns whether a loss is at most `windowMs` away from the losses between two times. */
export function isWithin(atMs: number, firstMs: number, lastMs: number, windowMs: number): boolean {
  return atMs >= firstMs - windowMs && atMs <= lastMs + windowMs;
}
