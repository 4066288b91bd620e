import {
  deletionBlock,
  describeFailure,
  failedConditions,
  findCondition,
} from '@/lib/plane/model/conditions';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';
import {
  currentPositiveConditions,
  outdatedByCredentialsFinding,
  outdatedFinding,
  positiveConditions,
  reportedFinding,
  withPresentCredentials,
} from './controller-rules';
import type { HealthFacts } from './health-facts';
import { type Clock, type Finding, finding } from './health-finding';

/** Rule 2: being deleted. It is a problem if something blocks the deletion or it takes too long. */
export function* deletionFindings(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  if (plane.deletingSince === undefined) return;
  const block = deletionBlock(plane.conditions);
  if (block) {
    yield finding('degraded', 'deletion-blocked', 'warning', block.message ?? 'Deletion is blocked.');
    return;
  }
  const sinceMs = parseTimeMs(plane.deletingSince);
  if (sinceMs !== null && clock.after(sinceMs + facts.limits.deletionGraceMs)) {
    yield finding(
      'degraded',
      'deletion-slow',
      'warning',
      `Terminating ${clock.lasting(sinceMs)}. Its finalizers haven't been removed yet.`,
    );
  } else {
    yield finding('deleting', 'deleting', 'info', 'Being deleted.');
  }
}

/**
 * Returns whether the agent rules judge this plane. They also do while it's unknown whether the release reports
 * agents.
 */
export function isMeasured(plane: Plane): boolean {
  return plane.connection === 'agent' && (plane.reportsAgent || plane.schemaUnknown === true);
}

/** Rule 8: a documented condition that is False, on a plane with or without an agent. */
export function* conditionFindings(plane: Plane): Generator<Finding> {
  const measured = isMeasured(plane);
  const failed = failedConditions(plane.conditions);
  // Without an agent, Connected is the only report on the connection, so it comes first.
  const connection = measured ? [] : failed.filter((condition) => condition.type === 'Connected');
  for (const condition of connection) {
    yield finding('disconnected', 'condition-false', 'error', describeFailure(condition));
  }
  for (const condition of failed.filter((item) => !connection.includes(item))) {
    yield finding('degraded', 'condition-false', 'warning', describeFailure(condition));
  }
}

/** Returns whether only conditions say that a plane works, so that its health depends on a proof of the controller. */
export function reliesOnController(plane: Plane): boolean {
  return !plane.unreadable && !isMeasured(plane) && positiveConditions(plane).length > 0;
}

/**
 * Rule 3: nothing measures a plane without an agent. Only a documented condition that is True says that it works, and
 * only while the controller is proven alive.
 */
export function* agentlessFindings(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  // The status of a left-over kind proves nothing, and that no controller reconciles it is a finding already.
  if (facts.unreconciled) return;
  // Then the connection is reported, and known to be lost.
  if (failedConditions(plane.conditions).some(({ type }) => type === 'Connected')) return;
  const types = positiveConditions(plane);
  if (types.length > 0) {
    yield conditionsFinding(types, plane, facts, clock);
    return;
  }
  const why =
    plane.connection === 'direct'
      ? 'The control plane calls this cluster directly, so no agent reports on it.'
      : "This release doesn't report agents.";
  const created = findCondition(plane.conditions, 'Created')
    ? ' The conditions say nothing about the connection.'
    : '';
  yield finding('unmonitored', 'not-measured', 'info', `${why}${created}`);
}

/** @param types the conditions that say that the plane works; at least one */
function conditionsFinding(
  types: readonly string[],
  plane: Plane,
  facts: HealthFacts,
  clock: Clock,
): Finding {
  const ofSpec = currentPositiveConditions(plane);
  if (ofSpec.length === 0) return outdatedFinding(types);
  const current = withPresentCredentials(ofSpec, facts);
  return current.length === 0 && facts.credentialChange
    ? outdatedByCredentialsFinding(ofSpec, facts.credentialChange, clock)
    : reportedFinding(current, facts, clock);
}
