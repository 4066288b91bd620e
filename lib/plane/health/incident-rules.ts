import type { HealthLimits } from './health-facts';
import type { IncidentMember, TrackedIncident } from './incident';
import { isFlapping, isStillLost } from './loss';
import { densestGroup, latestChain, lostAgents, partThreshold, provenClusters } from './loss-groups';
import {
  type Candidate,
  type FleetReports,
  isWithin,
  type LossSurvey,
  PART_MAX_MS,
  surveyLosses,
} from './loss-survey';

/** The loss of a single agent is no incident. */
const MIN_LOST = 2;

export interface IncidentRules {
  readonly limits: HealthLimits;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Returns the id of a new incident. */
  readonly newId: () => string;
}

interface Situation extends IncidentRules {
  readonly reports: FleetReports;
  readonly survey: LossSurvey;
}

/**
 * Returns the incidents after a look at the fleet, the latest last. An incident begins once, with the losses that prove
 * it; then it grows and shrinks, and it ends when fewer than two agents are lost in it. An ended one is kept for one
 * more window, so planes that are lost again continue it. The rules are those of decision 026.
 *
 * @param before what the last call returned; empty after a start, when the statuses are all that is known
 */
export function advanceIncidents(
  before: readonly TrackedIncident[],
  reports: FleetReports,
  rules: IncidentRules,
): TrackedIncident[] {
  const survey = surveyLosses(before, reports, rules.limits, rules.nowMs);
  const now: Situation = { ...rules, reports, survey };
  let incidents = before.map((incident) => follow(incident, now));
  let candidates = survey.candidates;
  incidents = incidents.map((incident) => {
    const joining = joiningLosses(incident, candidates, now);
    const uids = new Set(joining.map(({ uid }) => uid));
    candidates = candidates.filter(({ uid }) => !uids.has(uid));
    return withMembers(incident, joining, extendsFreely(incident, now), now);
  });
  for (let group = nextGroup(candidates, now); group; group = nextGroup(candidates, now)) {
    const { losses, code } = group;
    const uids = new Set(losses.map(({ uid }) => uid));
    candidates = candidates.filter(({ uid }) => !uids.has(uid));
    incidents = withGroup(incidents, losses, code, now);
  }
  return incidents
    .map((incident) => upgraded(incident, now))
    .map((incident) => ended(incident, now))
    .filter((incident) => !isOver(incident, now));
}

/** Updates who is lost and who is back. Deleted planes leave; planes without contact stay as they were. */
function follow(incident: TrackedIncident, { survey, reports, limits, nowMs }: Situation): TrackedIncident {
  const members = new Map<string, IncidentMember>();
  for (const [uid, member] of incident.members) {
    const reported = survey.reports.get(uid);
    if (!reported) {
      if (reports.exists(uid)) members.set(uid, member);
      continue;
    }
    const certain = survey.lost.get(uid)?.certain === true;
    // With several replicas, a connection may flap without a fault. Otherwise, the gateway keeps failing.
    const isLost =
      isStillLost(reported, limits, nowMs) &&
      !(reports.severalReplicas && isFlapping(reported, limits, nowMs));
    const { loss, backAtMs } = member;
    if (backAtMs !== null) {
      const isLostAgain = isLost && certain && nowMs - backAtMs <= limits.incidentWindowMs;
      members.set(uid, isLostAgain ? { ...member, backAtMs: null } : member);
    } else if (isLost) {
      members.set(uid, certain && !loss.certain ? { ...member, loss: { ...loss, certain } } : member);
    } else if (loss.certain) members.set(uid, { ...member, backAtMs: nowMs });
    // A heartbeat that was only late was no loss.
  }
  return { ...incident, members };
}

/**
 * Returns the losses that extend an incident. While nothing else is up, each loss extends it further. Beside planes
 * that are up, only losses near those that prove it count, or single losses would prolong it forever.
 */
function joiningLosses(
  incident: TrackedIncident,
  candidates: readonly Candidate[],
  now: Situation,
): readonly Candidate[] {
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
function extendsFreely({ code }: TrackedIncident, { survey, reports }: Situation): boolean {
  return code === 'control-plane' || (survey.up.length === 0 && reports.unseen === 0);
}

/** @param extend whether these losses prove the incident, so losses near them may join too */
function withMembers(
  incident: TrackedIncident,
  losses: readonly Candidate[],
  extend: boolean,
  { limits, nowMs }: Situation,
): TrackedIncident {
  if (losses.length === 0) return incident;
  const times = bounds(losses.map(({ loss }) => loss.atMs));
  const lastJoinedMs = Math.max(incident.lastJoinedMs, ...times);
  const firstMs = extend ? Math.min(incident.firstMs, ...times) : incident.firstMs;
  const lastMs = extend ? lastJoinedMs : incident.lastMs;
  const members = new Map(incident.members);
  for (const { uid, key, loss, isBack } of losses) {
    const isFirst = loss.atMs <= incident.firstMs + limits.incidentWindowMs;
    members.set(uid, { key, loss, isFirst, backAtMs: isBack ? nowMs : null });
  }
  return { ...incident, members, firstMs, lastMs, lastJoinedMs };
}

/** Returns the next losses that prove an incident; null if there are none. */
function nextGroup(
  candidates: readonly Candidate[],
  now: Situation,
): { readonly losses: readonly Candidate[]; readonly code: TrackedIncident['code'] } | null {
  if (lostAgents(candidates) < MIN_LOST) return null;
  const { limits, nowMs, survey } = now;
  const chain = latestChain(candidates, limits.incidentWindowMs);
  const isRecent = (losses: readonly Candidate[]) =>
    survey.up.length === 0 || nowMs - (losses.at(-1)?.loss.atMs ?? 0) <= PART_MAX_MS;
  if (
    lostAgents(chain) >= MIN_LOST &&
    isRecent(chain) &&
    chain.some(({ loss, isBack }) => loss.certain && !isBack) &&
    isWhole(new Set(chain.map(({ uid }) => uid)), chain.at(-1)?.loss.atMs ?? 0, now)
  )
    return { losses: chain, code: 'control-plane' };
  // A denser group may be one whose planes are back.
  for (let rest = candidates.filter(({ loss }) => loss.certain); ; ) {
    const part = densestGroup(rest, limits.incidentWindowMs);
    const before = new Set([...survey.connected, ...part.map(({ cluster }) => cluster)]).size;
    if (provenClusters(part) < partThreshold(before)) return null;
    if (lostAgents(part) >= MIN_LOST && isRecent(part)) return { losses: part, code: 'lost-together' };
    const uids = new Set(part.map(({ uid }) => uid));
    rest = rest.filter(({ uid }) => !uids.has(uid));
  }
}

/**
 * Returns whether no plane outside these was up after their last loss, as far as anything is reported. Only then is the
 * control plane the likely cause.
 */
function isWhole(
  uids: Pick<ReadonlySet<string>, 'has'>,
  lastMs: number,
  { survey, reports }: Situation,
): boolean {
  if (reports.unseen > 0 || survey.up.some((uid) => !uids.has(uid))) return false;
  for (const [uid, loss] of survey.lost) if (!uids.has(uid) && loss.atMs > lastMs) return false;
  return true;
}

/** Adds a group to the incident that it continues, or as a new one. */
function withGroup(
  incidents: readonly TrackedIncident[],
  losses: readonly Candidate[],
  code: TrackedIncident['code'],
  now: Situation,
): TrackedIncident[] {
  const [firstMs = 0, lastMs = 0] = bounds(losses.map(({ loss }) => loss.atMs));
  const windowMs = now.limits.incidentWindowMs;
  const continued = incidents.find(
    (incident) =>
      isWithin(firstMs, incident.firstMs, incident.lastJoinedMs, windowMs) ||
      isWithin(lastMs, incident.firstMs, incident.lastJoinedMs, windowMs),
  );
  if (continued)
    return incidents.map((one) => (one === continued ? withMembers(one, losses, true, now) : one));
  const begun = {
    id: now.newId(),
    code,
    members: new Map(),
    firstMs,
    lastMs,
    lastJoinedMs: lastMs,
    endedAtMs: null,
  };
  return [...incidents, withMembers(begun, losses, true, now)];
}

/** A part of the fleet may turn out to be all of it. What was the whole fleet stays so while planes come back. */
function upgraded(incident: TrackedIncident, now: Situation): TrackedIncident {
  const { members, lastMs, code } = incident;
  if (code === 'control-plane' || lostKeys(incident) < MIN_LOST) return incident;
  return isWhole(members, lastMs, now) ? { ...incident, code: 'control-plane' } : incident;
}

function ended(incident: TrackedIncident, { nowMs }: Situation): TrackedIncident {
  const endedAtMs = lostKeys(incident) >= MIN_LOST ? null : (incident.endedAtMs ?? nowMs);
  return { ...incident, endedAtMs };
}

function isOver({ members, endedAtMs, lastMs }: TrackedIncident, now: Situation): boolean {
  const { limits, nowMs, survey } = now;
  if (members.size === 0) return true;
  if (endedAtMs !== null) return nowMs - endedAtMs > limits.incidentWindowMs;
  return survey.up.length > 0 && nowMs - lastMs > PART_MAX_MS;
}

function lostKeys({ members }: TrackedIncident): number {
  const keys = new Set<string>();
  for (const { key, backAtMs } of members.values()) if (backAtMs === null) keys.add(key);
  return keys.size;
}

/** Returns the least and the greatest of the numbers; empty if there are none. */
function bounds(numbers: readonly number[]): number[] {
  const [first] = numbers;
  if (first === undefined) return [];
  let [least, greatest] = [first, first];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  return [least, greatest];
}
