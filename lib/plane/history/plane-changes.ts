import type { Health, JudgedPlane } from '@/lib/plane/health/health';
import { HEALTH_LABELS, type HealthState } from '@/lib/plane/health/health-state';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import type { AgentConnection, Condition, Plane } from '@/lib/plane/model/plane';
import { formatUtc, formatUtcSpan, parseTimeMs } from '@/lib/plane/time/age';

/** One change of a plane between two observations. */
export interface PlaneChange {
  readonly what: 'health' | 'condition' | 'agent' | 'deletion' | 'first-seen';
  /** One sentence, with reasons as of that time. */
  readonly text: string;
  readonly health?: HealthState;
}

/**
 * Returns the changes between two observations of a plane, in the order in which people would report them, except
 * changed fields, which `field-writes.ts` finds. Newly learned facts, such as a certificate read for the first time,
 * aren't a change of the plane.
 */
export function changesBetween(before: JudgedPlane, after: JudgedPlane): PlaneChange[] {
  return [
    ...deletionChanges(before.plane, after.plane),
    ...agentChanges(before, after),
    ...conditionChanges(before.plane.conditions, after.plane.conditions),
    ...(isOnlyNewKnowledge(before, after) ? [] : healthChanges(before.health, after.health)),
  ];
}

/** Returns the entry for a newly seen plane. */
export function firstSeenChange({ plane, health }: JudgedPlane): PlaneChange {
  const createdAtMs = parseTimeMs(plane.createdAt);
  const created = createdAtMs === null ? '' : `, created at ${formatUtc(createdAtMs)}`;
  return {
    what: 'first-seen',
    text: `First seen${created}. ${withReason(HEALTH_LABELS[health.state], health)}`,
    health: health.state,
  };
}

/** Returns the entry for a deleted plane. */
export function deletedChange(): PlaneChange {
  return { what: 'deletion', text: 'Plane deleted.' };
}

/** Returns whether the two observations differ only in newly learned facts. */
export function isOnlyNewKnowledge(before: JudgedPlane, after: JudgedPlane): boolean {
  if (before.plane.resourceVersion !== after.plane.resourceVersion) return false;
  const { certificate, credentials = [], observabilityPlane, heartbeatGap } = before.plane.facts;
  const later = after.plane.facts.credentials ?? [];
  const gap = after.plane.facts.heartbeatGap;
  return (
    (heartbeatGap !== undefined &&
      gap !== undefined &&
      heartbeatGap.severalReplicas !== gap.severalReplicas) ||
    (certificate.state === 'not-checked' && after.plane.facts.certificate.state !== 'not-checked') ||
    credentials.some(
      ({ slot, fact }) =>
        fact.state === 'not-checked' &&
        later.some((one) => one.slot === slot && one.fact.state !== 'not-checked'),
    ) ||
    (observabilityPlane === 'not-visible' && after.plane.facts.observabilityPlane !== 'not-visible')
  );
}

/**
 * Returns whether the second observation brought the heartbeat that the gateway hadn't reported in the first, on a
 * plane that was connected in both.
 */
export function isFirstHeartbeat(before: JudgedPlane, after: JudgedPlane): boolean {
  return (
    before.health.reasons.some(({ code }) => code === 'heartbeat-not-reported') &&
    after.plane.agent?.connected === true &&
    knownHeartbeat(after.plane.agent, after.plane.facts.heartbeatGap) !== undefined
  );
}

/**
 * Returns whether the second observation brought the proof that the controller runs, without which the conditions of the
 * first one didn't count.
 */
export function isFirstProof(before: JudgedPlane, after: JudgedPlane): boolean {
  return (
    before.plane.resourceVersion === after.plane.resourceVersion &&
    before.health.reasons.some(({ code }) => code === 'not-measured') &&
    after.health.reasons.some(({ code }) => code === 'condition-reported')
  );
}

/** Whether nothing else is wrong than a late heartbeat, while replicas report that don't know it. */
function isLateByReplicas({ reasons }: Health): boolean {
  return reasons[0]?.code === 'heartbeat-late' && reasons.some(({ code }) => code === 'heartbeat-remembered');
}

function isFlapping({ health }: JudgedPlane): boolean {
  return health.reasons.some(({ code }) => code === 'connection-flapping');
}

function* healthChanges(before: Health, after: Health): Generator<PlaneChange> {
  if (before.state === after.state) return;
  // Replicas that don't know the heartbeat report in turn with the one that does, so it's late now and then.
  if ([before, after].some(isLateByReplicas) && [before, after].some(({ state }) => state === 'healthy'))
    return;
  const change = `${HEALTH_LABELS[after.state]}, was ${HEALTH_LABELS[before.state].toLowerCase()}`;
  yield { what: 'health', text: withReason(change, after), health: after.state };
}

/**
 * The first reason names the state. A healthy plane's reasons are notes on something else, except that a reference wasn't
 * checked: the plane may be as bad as before.
 */
function withReason(text: string, { state, reasons }: Health): string {
  const reason =
    state === 'healthy' ? reasons.find(({ code }) => code === 'reference-not-visible') : reasons[0];
  return reason ? `${text}: ${reason.message}` : `${text}.`;
}

function* deletionChanges(before: Plane, after: Plane): Generator<PlaneChange> {
  if (after.deletingSince === undefined || before.deletingSince !== undefined) return;
  const atMs = parseTimeMs(after.deletingSince);
  yield {
    what: 'deletion',
    text: `Deletion requested${atMs === null ? '' : ` at ${formatUtc(atMs)}`}.`,
  };
}

function* agentChanges(earlier: JudgedPlane, later: JudgedPlane): Generator<PlaneChange> {
  const agentChange = (text: string): PlaneChange => ({ what: 'agent', text });
  const before = earlier.plane.agent;
  const after = later.plane.agent;
  if (!after) {
    if (before) yield agentChange('The status no longer reports the agent.');
  } else if (before?.connected !== after.connected) {
    // While the connection flaps, its changes are one entry: that it began to.
    if (isFlapping(earlier) && isFlapping(later)) return;
    yield agentChange(after.connected ? connectedText(after) : lostText(earlier, after));
  } else if (before.connectedAgents !== after.connectedAgents) {
    yield agentChange(
      `${after.connectedAgents} ${after.connectedAgents === 1 ? 'agent' : 'agents'} connected, was ${before.connectedAgents}.`,
    );
  }
}

/** The status reports only when the controller noticed, up to a minute late. */
function connectedText({ lastConnectedTime }: AgentConnection): string {
  const noticedAtMs = parseTimeMs(lastConnectedTime);
  return noticedAtMs === null
    ? 'Agent connected.'
    : `Agent connected. The controller noticed at ${formatUtc(noticedAtMs)}.`;
}

function lostText({ plane: { agent: before, facts } }: JudgedPlane, after: AgentConnection): string {
  if (!before) return `First agent report: ${after.message ?? 'no agent is connected'}.`;
  const noticedAtMs = parseTimeMs(after.lastDisconnectedTime);
  const lastBeatMs = parseTimeMs(after.lastHeartbeatTime ?? knownHeartbeat(before, facts.heartbeatGap));
  if (noticedAtMs === null) return 'Agent disconnected.';
  return lastBeatMs === null || lastBeatMs > noticedAtMs
    ? `Agent disconnected. The controller noticed at ${formatUtc(noticedAtMs)}.`
    : `Agent disconnected ${formatUtcSpan(lastBeatMs, noticedAtMs)}.`;
}

function* conditionChanges(
  before: readonly Condition[],
  after: readonly Condition[],
): Generator<PlaneChange> {
  const earlier = new Map(before.map((condition) => [condition.type, condition.status]));
  for (const condition of after) {
    const was = earlier.get(condition.type);
    earlier.delete(condition.type);
    if (was !== condition.status) yield { what: 'condition', text: conditionText(condition, was) };
  }
  for (const [type, status] of earlier) {
    yield { what: 'condition', text: `Condition ${type} is no longer reported, was ${status}.` };
  }
}

function conditionText({ type, status, reason, message }: Condition, was: string | undefined): string {
  const change = `${type} is ${status}${was === undefined ? '' : `, was ${was}`}`;
  return `${change}${reason ? ` (${reason})` : ''}${message ? `: ${message}` : '.'}`;
}
