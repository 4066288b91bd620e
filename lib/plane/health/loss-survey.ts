import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { HealthLimits } from './health-facts';
import type { TrackedIncident } from './incident';
import {
  isFlapping,
  isNewLoss,
  isUp,
  type Loss,
  lossOf,
  pastLossOf,
  type ReportedPlane,
  saysConnected,
} from './loss';

/**
 * How long planes that were lost together may stay an incident while others are up. After that, they are more likely
 * retired than waiting for a repair.
 */
export const PART_MAX_MS = DAY_MS;

/** The fleet as the API server reports it now. */
export interface FleetReports {
  /** The planes of kinds with recent contact: without contact, every remembered heartbeat grows old. */
  readonly planes: readonly ReportedPlane[];
  /** The number of planes without recent contact. They may be up. */
  readonly unseen: number;
  /** Whether a kind's planes aren't listed yet, as after a start. */
  readonly isListing: boolean;
  /** Returns whether a plane still exists, with or without contact. */
  readonly exists: (uid: string) => boolean;
  /** Whether the gateway has several replicas, which can make a connection flap without a fault. */
  readonly severalReplicas: boolean;
}

/** A plane that is lost in no incident, and a loss that may belong to one. */
export interface Candidate {
  readonly uid: string;
  readonly loss: Loss;
  /** One planeID is one cluster, whatever the number of its roles. */
  readonly cluster: string;
  /** Whether the plane is connected again. */
  readonly isBack: boolean;
  /** Whether the loss proves an incident of a part: it's certain and not planned. */
  readonly isProof: boolean;
}

/** All that the rules of incidents compare, collected once per look at the fleet. */
export interface LossSurvey {
  /** The reports of the planes that are members of an incident. */
  readonly members: ReadonlyMap<string, ReportedPlane>;
  /** The planes that are proven to be up. */
  readonly up: readonly string[];
  /** The losses of all planes that aren't back, by uid, in no order, except those that a change of the plane explains. */
  readonly lost: ReadonlyMap<string, Loss>;
  /** The earliest loss first. */
  readonly candidates: readonly Candidate[];
  /** Returns the planeIDs of the planes that are connected, with or without a heartbeat. */
  readonly connected: () => ReadonlySet<string>;
}

/** @param nowMs the API server's clock, milliseconds since the epoch */
export function surveyLosses(
  incidents: readonly TrackedIncident[],
  { planes }: FleetReports,
  limits: HealthLimits,
  nowMs: number,
): LossSurvey {
  const members = new Map<string, ReportedPlane>();
  const up: string[] = [];
  const lost = new Map<string, Loss>();
  const candidates: Candidate[] = [];
  // Most planes are up, and this runs every second, so all else is done only for the others.
  for (const reported of planes) {
    const { uid } = reported.plane;
    if (incidents.some((incident) => incident.members.has(uid))) members.set(uid, reported);
    const loss = lossOf(reported, limits, nowMs);
    if (!loss) {
      if (isUp(reported, limits, nowMs)) up.push(uid);
      continue;
    }
    if (isAfterChange(reported, loss, limits)) continue;
    lost.set(uid, loss);
    if (isUsable(reported, limits, nowMs) && !belongs(uid, loss, incidents))
      candidates.push(candidate(reported, loss, false, nowMs));
  }
  candidates.sort(byTime);
  const back =
    candidates.length + incidents.length === 0
      ? []
      : backCandidates(planes, { members, lost, candidates }, incidents, limits, nowMs);
  return {
    members,
    up,
    lost,
    candidates: back.length > 0 ? [...candidates, ...back].sort(byTime) : candidates,
    connected: () => connectedClusters(planes, lost),
  };
}

/** Returns the losses of planes that are connected again and may have been lost together with others. */
function backCandidates(
  planes: readonly ReportedPlane[],
  { members, lost, candidates }: Pick<LossSurvey, 'members' | 'lost' | 'candidates'>,
  incidents: readonly TrackedIncident[],
  limits: HealthLimits,
  nowMs: number,
): Candidate[] {
  const found: Candidate[] = [];
  for (const reported of planes) {
    const loss = pastLossOf(reported, limits, nowMs);
    if (!loss || nowMs - loss.atMs > PART_MAX_MS || !isNear(candidates, incidents, loss.atMs, limits))
      continue;
    const { uid } = reported.plane;
    if (isAfterChange(reported, loss, limits)) continue;
    if (!lost.has(uid) && !members.has(uid) && isUsable(reported, limits, nowMs))
      found.push(candidate(reported, loss, true, nowMs));
  }
  return found;
}

/** A deletion disconnects the agent, and a flapping connection is a problem of its own. */
function isUsable(reported: ReportedPlane, limits: HealthLimits, nowMs: number): boolean {
  return reported.plane.deletingSince === undefined && !isFlapping(reported, limits, nowMs);
}

function connectedClusters(
  planes: readonly ReportedPlane[],
  lost: ReadonlyMap<string, Loss>,
): ReadonlySet<string> {
  const clusters = new Set<string>();
  for (const reported of planes)
    if (saysConnected(reported) && !lost.get(reported.plane.uid)?.certain) clusters.add(clusterOf(reported));
  return clusters;
}

/** Returns whether the plane's loss is that of an incident that is going on. */
function belongs(uid: string, loss: Loss, incidents: readonly TrackedIncident[]): boolean {
  return incidents.some(({ members, endedAtMs }) => {
    const member = endedAtMs === null ? members.get(uid) : undefined;
    return member !== undefined && !member.isBack && !isNewLoss(member.loss, loss);
  });
}

function candidate(reported: ReportedPlane, loss: Loss, isBack: boolean, nowMs: number): Candidate {
  const { plane } = reported;
  return {
    uid: plane.uid,
    loss,
    cluster: clusterOf(reported),
    isBack,
    isProof: loss.certain && activeMaintenance(plane, nowMs) === null,
  };
}

/**
 * Returns whether the connection was lost shortly after a change of what it depends on: the agent was most likely
 * rejected, so the loss says nothing about other planes and is part of no incident. No change explains a status that is
 * written no more. The controller's clock may differ a little from the one that the change was seen by.
 */
export function isAfterChange(
  { settingsChange }: ReportedPlane,
  { kind, atMs }: Pick<Loss, 'kind' | 'atMs'>,
  { heartbeatSkewMs, incidentWindowMs }: HealthLimits,
): boolean {
  if (!settingsChange || kind === 'frozen') return false;
  const { afterMs, seenAtMs } = settingsChange;
  return atMs >= afterMs - heartbeatSkewMs && atMs <= seenAtMs + incidentWindowMs;
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
