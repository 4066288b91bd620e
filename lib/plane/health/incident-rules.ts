import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import type { TrackedIncident } from './incident';
import {
  bounds,
  extendsFreely,
  follow,
  type IncidentRules,
  joiningLosses,
  type Situation,
  withMembers,
} from './incident-members';
import { densestGroup, latestChain, lostClusters, partThreshold, provenClusters } from './loss-groups';
import { type Candidate, type FleetReports, isWithin, PART_MAX_MS, surveyLosses } from './loss-survey';

/** The loss of a single cluster is no incident, whatever the number of its roles. */
const MIN_LOST = 2;

/**
 * Returns the incidents after a look at the fleet, the latest last. An incident begins once, with the losses that prove
 * it; then it grows and shrinks, and it ends, for good, when fewer than two agents are lost in it. What is lost after that
 * is another incident. The rules are those of decision 026.
 *
 * @param before what the last call returned, with ended incidents that are still remembered; empty after a start, when the statuses are all that is known
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
  const followed = incidents
    .map((incident) => upgraded(incident, now))
    .map((incident) => ended(incident, now))
    .filter((incident) => !isOver(incident, now));
  return followed.filter((incident) => incident.endedAtMs === null || isRemembered(incident, followed, now));
}

/** Returns the next losses that prove an incident; null if there are none. */
function nextGroup(
  candidates: readonly Candidate[],
  now: Situation,
): { readonly losses: readonly Candidate[]; readonly code: TrackedIncident['code'] } | null {
  const { limits, nowMs, survey, reports } = now;
  // Until all planes are known, a part may look like all of them.
  if (reports.isListing || lostClusters(candidates) < MIN_LOST) return null;
  const chain = latestChain(candidates, limits.incidentWindowMs);
  const isRecent = (losses: readonly Candidate[]) =>
    survey.up.length === 0 || nowMs - (losses.at(-1)?.loss.atMs ?? 0) <= PART_MAX_MS;
  if (
    lostClusters(chain) >= MIN_LOST &&
    isRecent(chain) &&
    chain.some(({ loss, isBack }) => loss.certain && !isBack) &&
    isWhole(new Set(chain.map(({ uid }) => uid)), chain.at(-1)?.loss.atMs ?? 0, now)
  )
    return { losses: chain, code: 'control-plane' };
  // A denser group may be one whose planes are back.
  for (let rest = candidates.filter(({ loss }) => loss.certain); ; ) {
    const part = densestGroup(rest, limits.incidentWindowMs);
    const proven = provenClusters(part);
    // The least that any number of planes needs; what follows looks at the whole fleet.
    if (proven < partThreshold(0)) return null;
    const before = new Set([...survey.connected(), ...part.map(({ cluster }) => cluster)]).size;
    if (proven < partThreshold(before + reports.unseen)) return null;
    if (lostClusters(part) >= MIN_LOST && isRecent(part)) return { losses: part, code: 'lost-together' };
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
      incident.endedAtMs === null &&
      (isWithin(firstMs, incident.firstMs, incident.lastJoinedMs, windowMs) ||
        isWithin(lastMs, incident.firstMs, incident.lastJoinedMs, windowMs)),
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
  if (code === 'control-plane' || clustersLostIn(incident) < MIN_LOST) return incident;
  return isWhole(members, lastMs, now) ? { ...incident, code: 'control-plane' } : incident;
}

function ended(incident: TrackedIncident, now: Situation): TrackedIncident {
  if (incident.endedAtMs !== null) return incident;
  const isOn = clustersLostIn(incident) >= MIN_LOST && !isPlanned(incident, now);
  return isOn ? incident : { ...incident, endedAtMs: now.nowMs };
}

/** Returns whether all planes that are still lost in a part are in maintenance, which raises no alarms. */
function isPlanned({ code, members }: TrackedIncident, { survey, nowMs }: Situation): boolean {
  if (code === 'control-plane') return false;
  for (const [uid, { isBack }] of members) {
    const reported = isBack ? null : survey.members.get(uid);
    if (reported === undefined || (reported && activeMaintenance(reported.plane, nowMs) === null))
      return false;
  }
  return true;
}

/** Returns whether nothing is left of an incident, or its planes are more likely retired than waiting for a repair. */
function isOver({ members, endedAtMs, lastMs }: TrackedIncident, { survey, nowMs }: Situation): boolean {
  if (members.size === 0) return true;
  return endedAtMs === null && survey.up.length > 0 && nowMs - lastMs > PART_MAX_MS;
}

/**
 * Returns whether an ended incident must be remembered: its planes' statuses still show its losses, which would
 * otherwise seem to be those of another incident soon after.
 */
function isRemembered(
  { endedAtMs, lastJoinedMs }: TrackedIncident,
  incidents: readonly TrackedIncident[],
  { limits: { incidentWindowMs }, nowMs }: Situation,
): boolean {
  if (nowMs - (endedAtMs ?? nowMs) <= incidentWindowMs) return true;
  return incidents.some(
    (other) =>
      other.endedAtMs === null && isWithin(lastJoinedMs, other.firstMs, other.lastJoinedMs, incidentWindowMs),
  );
}

function clustersLostIn({ members }: TrackedIncident): number {
  const clusters = new Set<string>();
  for (const { cluster, isBack } of members.values()) if (!isBack) clusters.add(cluster);
  return clusters.size;
}
