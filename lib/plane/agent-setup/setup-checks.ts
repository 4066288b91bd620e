import { isContactFresh } from '@/lib/plane/health/contact';
import { formatAge } from '@/lib/plane/time/age';
import { checkSeen, checkTrusted } from './check-agent';
import { checkResource, checkStatus } from './check-resource';
import { CHECK_IDS, type Check, type CheckId, type Verdict, verdict } from './setup-check';
import type { SetupFacts } from './setup-facts';

const RULES: Record<CheckId, (facts: SetupFacts) => Verdict> = {
  accepted: checkResource,
  reported: checkStatus,
  seen: checkSeen,
  trusted: checkTrusted,
};

/**
 * Where a plane stands on its way to its agent, in four checks. Nothing is `done` by a fact that is not fresh: a status
 * that says connected is believed only with a heartbeat, and nothing at all without contact with the API server.
 */
export function setupChecks(facts: SetupFacts): Check[] {
  const blind = withoutContact(facts);
  return CHECK_IDS.map((id) => ({ id, ...(blind ?? RULES[id](facts)) }));
}

function withoutContact({
  contactAtMs,
  apiServerProblem,
  heard,
  limits,
  nowMs,
  entry,
}: SetupFacts): Verdict | null {
  if (heard !== 'forbidden' && contactAtMs !== null && !isContactFresh(contactAtMs, limits, nowMs)) {
    const age = formatAge(nowMs - contactAtMs);
    return verdict(
      'cannot-tell',
      `Nothing has been heard of the ${entry.plural} for ${age}. This page goes on by itself.`,
    );
  }
  if (apiServerProblem !== null && contactAtMs === null) return verdict('cannot-tell', apiServerProblem);
  return null;
}

/** What the four checks come to. */
export type SetupOutcome =
  /** An agent is there, and nothing that can be told speaks against it. */
  | 'connected'
  /** All that this kind or release can tell is told, and that is nothing of the connection. */
  | 'unmonitored'
  | 'problem'
  | 'cannot-tell'
  | 'waiting';

/** The outcome: a cluster kind is connected although nothing verifies its agent, which its last check says. */
export function setupOutcome(checks: readonly Check[], { entry, row }: SetupFacts): SetupOutcome {
  const state = (id: CheckId) => checks.find((check) => check.id === id)?.state ?? 'cannot-tell';
  const isAccepted = row !== null && state('accepted') === 'done';
  const isHere = isAccepted && state('reported') === 'done';
  const isTrusted =
    state('trusted') === 'done' || (entry.scope === 'Cluster' && state('trusted') === 'cannot-tell');
  if (isHere && row.plane.agent?.connected && state('seen') === 'done' && isTrusted) return 'connected';
  if (checks.some((check) => check.state === 'problem')) return 'problem';
  const isUntold = state('seen') === 'cannot-tell' && state('trusted') === 'cannot-tell';
  if (isAccepted && state('reported') !== 'waiting' && isUntold && !row.plane.agent) return 'unmonitored';
  if (state('accepted') === 'cannot-tell') return 'cannot-tell';
  return 'waiting';
}
