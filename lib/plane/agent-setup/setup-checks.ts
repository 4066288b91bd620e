import { isContactFresh } from '@/lib/plane/health/heartbeat';
import type { Plane } from '@/lib/plane/model/plane';
import { formatAge } from '@/lib/plane/time/age';
import type { AgentSetup } from './agent-setup';
import { checkSeen, checkTrusted } from './check-agent';
import { checkResource, checkStatus } from './check-resource';
import type { SetupFacts } from './setup-facts';
import { CHECK_IDS, CHECK_TITLES, type Check, type CheckId, type Verdict, verdict } from './verdict';

const RULES: Record<CheckId, (facts: SetupFacts) => Verdict> = {
  accepted: checkResource,
  reported: checkStatus,
  seen: checkSeen,
  trusted: checkTrusted,
};

/**
 * Checks a plane's progress towards its first connection in four steps. Only fresh facts make a check `done`: a
 * connected status counts only with a heartbeat, and nothing counts without contact with the API server.
 */
export function setupChecks(facts: SetupFacts): Check[] {
  const blind = withoutContact(facts);
  return CHECK_IDS.map((id) => ({ id, ...(blind ?? RULES[id](facts)) }));
}

function withoutContact({
  contactAtMs,
  apiServerProblem,
  listed,
  limits,
  nowMs,
  entry,
}: SetupFacts): Verdict | null {
  if (listed !== 'forbidden' && contactAtMs !== null && !isContactFresh(contactAtMs, limits, nowMs)) {
    const age = formatAge(nowMs - contactAtMs);
    return verdict(
      'cannot-tell',
      `Live updates are off for ${entry.plural}. Last updated ${age} ago. This page resumes automatically.`,
    );
  }
  if (apiServerProblem !== null && contactAtMs === null) return verdict('cannot-tell', apiServerProblem);
  return null;
}

/** The overall result of the four checks. */
export type SetupOutcome =
  /** An agent is connected, and nothing known speaks against it. */
  | 'connected'
  /** Everything that this kind or release can report is in, and none of it covers the connection. */
  | 'unmonitored'
  | 'problem'
  | 'cannot-tell'
  | 'waiting';

/**
 * Returns the overall result. A cluster kind counts as connected although nothing verifies its agent; its last check
 * says so.
 */
export function setupOutcome(checks: readonly Check[], { entry, row }: SetupFacts): SetupOutcome {
  const state = (id: CheckId) => checks.find((check) => check.id === id)?.state ?? 'cannot-tell';
  const isAccepted = row !== null && state('accepted') === 'done';
  const isReported = isAccepted && state('reported') === 'done';
  const isTrusted =
    state('trusted') === 'done' || (entry.scope === 'Cluster' && state('trusted') === 'cannot-tell');
  if (isReported && row.plane.agent?.connected && state('seen') === 'done' && isTrusted) return 'connected';
  if (checks.some((check) => check.state === 'problem')) return 'problem';
  const isUnknown = state('seen') === 'cannot-tell' && state('trusted') === 'cannot-tell';
  const isUnproven = row?.health.reasons.some(({ code }) => code === 'heartbeat-not-reported') === true;
  if (isAccepted && state('reported') !== 'waiting' && isUnknown && (!row.plane.agent || isUnproven))
    return 'unmonitored';
  if (state('accepted') === 'cannot-tell') return 'cannot-tell';
  return 'waiting';
}

/** Describes the result in a sentence, shown above the checks and announced when it changes. */
export function outcomeText(
  outcome: SetupOutcome,
  checks: readonly Check[],
  setup: AgentSetup,
  plane: Pick<Plane, 'agent'> | null,
): string {
  switch (outcome) {
    case 'connected':
      return 'The plane is connected.';
    case 'unmonitored':
      return "The plane is registered. Its connection isn't measured, so there's nothing to wait for.";
    case 'problem':
      return `"${problemTitle(checks)}" needs attention. Follow its steps.`;
    case 'cannot-tell':
      return 'The setup state is currently unknown. This page resumes automatically.';
    case 'waiting':
      if (setup !== 'commands')
        return plane ? 'Waiting for the controller.' : 'Waiting for the plane to be created.';
      return plane?.agent?.lastConnectedTime === undefined
        ? "Run the commands in the plane's cluster, unless the agent is already installed. This page updates itself; you can close it and come back."
        : 'Waiting for the agent to reconnect. This page updates itself.';
  }
}

function problemTitle(checks: readonly Check[]): string {
  const problem = checks.find(({ state }) => state === 'problem');
  return problem ? CHECK_TITLES[problem.id] : '';
}
