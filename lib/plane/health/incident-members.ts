import type { HealthLimits } from './health-facts';
import type { IncidentMember, TrackedIncident } from './incident';
import { isFlapping, isNewLoss, isStillLost, saysConnected } from './loss';
import { type Candidate, type FleetReports, isAfterChange, isWithin, type LossSurvey } from './loss-survey';

export interface IncidentRules {
  readonly limits: HealthLimits;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Returns the id of a new incident. */
  readonly newId: () => string;
}

/** One look at the fleet. */
export interface Situation extends IncidentRules {
  readonly reports: FleetReports;
  readonly survey: LossSurvey;
}

/**
 * Updates who is lost and who is back. Deleted planes leave, and so do those whose loss turns out to be explained by a
 * change of their own; planes without contact stay as they were.
 */
export function follow(
  incident: TrackedIncident,
  { survey, reports, limits, nowMs }: Situation,
): TrackedIncident {
  const members = new Map<string, IncidentMember>();
  for (const [uid, member] of incident.members) {
    const reported = survey.members.get(uid);
    if (!reported) {
      if (reports.exists(uid)) members.set(uid, member);
      continue;
    }
    const kind = saysConnected(reported) ? member.loss.kind : 'disconnected';
    if (isAfterChange(reported, { ...member.loss, kind }, limits)) continue;
    const latest = survey.lost.get(uid);
    const certain = latest?.certain === true;
    const { loss } = member;
    // With several replicas, a connection may flap without a fault. Otherwise, the gateway keeps failing.
    const isLost =
      isStillLost(reported, limits, nowMs) &&
      !(reports.severalReplicas && isFlapping(reported, limits, nowMs)) &&
      !(latest && isNewLoss(loss, latest));
    // Once back, it stays back: if it's lost again, that is a new loss, which may join like any other.
    if (member.isBack) members.set(uid, member);
    else if (isLost) {
      // A late or stale status turns out to be a disconnection. The times stay, or the start would move.
      const known = { ...loss, kind: latest?.kind ?? loss.kind, certain };
      const first = member.first === loss ? known : member.first;
      members.set(uid, certain ? { ...member, loss: known, first } : member);
    } else if (loss.certain) members.set(uid, { ...member, isBack: true });
    // A heartbeat that was only late was no loss.
  }
  return { ...incident, members };
}

/**
 * Returns the losses that extend an incident. While nothing else is up, each loss extends it further. Beside planes
 * that are up, only losses near those that prove it count, or single losses would prolong it forever.
 */
export function joiningLosses(
  incident: TrackedIncident,
  candidates: readonly Candidate[],
  now: Situation,
): readonly Candidate[] {
  if (incident.endedAtMs !== null) return [];
  const { incidentWindowMs } = now.limits;
  const isWhole = extendsFreely(incident, now);
  let { firstMs } = incident;
  let lastMs = isWhole ? incident.lastJoinedMs : incident.lastMs;
  const after = candidates.filter(({ loss: { atMs, certain } }) => {
    if (!(isWhole || certain) || atMs < incident.firstMs) return false;
    if (!isWithin(atMs, firstMs, lastMs, incidentWindowMs)) return false;
    if (isWhole) lastMs = Math.max(lastMs, atMs);
    return true;
  });
  const earlier = candidates.toReversed().filter(({ loss: { atMs, certain } }) => {
    if (!(isWhole || certain) || atMs >= incident.firstMs || firstMs - atMs > incidentWindowMs) return false;
    if (isWhole) firstMs = atMs;
    return true;
  });
  return [...earlier, ...after];
}

/** Returns whether nothing else is known to be up, so every further loss belongs to the same failure. */
export function extendsFreely({ code }: TrackedIncident, { survey, reports }: Situation): boolean {
  return code === 'control-plane' || (survey.up.length === 0 && reports.unseen === 0);
}

/** @param extend whether these losses prove the incident, so losses near them may join too */
export function withMembers(
  incident: TrackedIncident,
  losses: readonly Candidate[],
  extend: boolean,
  { limits }: Situation,
): TrackedIncident {
  if (losses.length === 0) return incident;
  const times = bounds(losses.map(({ loss }) => loss.atMs));
  const lastJoinedMs = Math.max(incident.lastJoinedMs, ...times);
  const firstMs = extend ? Math.min(incident.firstMs, ...times) : incident.firstMs;
  const lastMs = extend ? lastJoinedMs : incident.lastMs;
  const members = new Map(incident.members);
  for (const { uid, cluster, loss, isBack } of losses) {
    const isFirst =
      loss.atMs <= incident.firstMs + limits.incidentWindowMs && (extend || loss.atMs >= incident.firstMs);
    const first = members.get(uid)?.first ?? (isFirst ? loss : null);
    members.set(uid, { cluster, loss, first, isBack });
  }
  return { ...incident, members, firstMs, lastMs, lastJoinedMs };
}

/** Returns the least and the greatest of the numbers; empty if there are none. */
export function bounds(numbers: readonly number[]): number[] {
  const [first] = numbers;
  if (first === undefined) return [];
  let [least, greatest] = [first, first];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  return [least, greatest];
}
