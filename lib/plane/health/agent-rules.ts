import { kindOfName } from '@/lib/plane/model/kinds';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { capital } from '@/lib/plane/model/text';
import { formatUtcSpan, parseTimeMs } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { statusCoversAgent } from './controller-delay';
import { flappingEndMs } from './flapping';
import type { HealthFacts } from './health-facts';
import { type Clock, type Finding, finding, note } from './health-finding';

/**
 * Rules 4 to 8 about the agent, for planes whose schema reports one or may report one. `connected: true` alone proves
 * nothing: when the controller or the gateway stops, the status isn't updated, so the heartbeat's age decides.
 */
export function* agentFindings(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  if (!plane.agent) yield withoutStatus(plane, facts, clock);
  else if (!plane.agent.connected) {
    yield* flapping(plane.agent, facts, clock) ?? [notConnected(plane, plane.agent, facts, clock)];
  } else {
    yield* connected(plane.agent, facts, clock);
    yield* flapping(plane.agent, facts, clock) ?? [];
  }
}

/**
 * A connection that changes all the time is one problem, whatever the status says at the moment, so the state doesn't
 * change with each report. It ends when the connection stays disconnected for a third of the window, and rule 5
 * applies again. Returns null if the connection isn't flapping.
 */
function flapping(agent: AgentConnection, facts: HealthFacts, clock: Clock): Finding[] | null {
  const sinceMs = parseTimeMs(facts.flapping?.since);
  const endMs = flappingEndMs(agent, facts.flapping, facts.limits);
  if (sinceMs === null || endMs === null || clock.after(endMs)) return null;
  const now = agent.connected ? 'connected' : 'not connected';
  return [
    finding(
      'degraded',
      'connection-flapping',
      'warning',
      `The reported connection has kept changing ${clock.lasting(sinceMs)}. The last report says ${now}.`,
    ),
  ];
}

/** The part of the reason that a diagnosis replaces, because it knows more. */
export const STATUS_CAUSES =
  " Likely causes: the agent CA's Secret is missing or empty, or the controller or the gateway is down.";

/** Rule 4: the controller has written no agentConnection, so the agent's state is unknown. */
function withoutStatus(plane: Plane, facts: HealthFacts, clock: Clock): Finding {
  if (plane.schemaUnknown) return withoutSchema(plane, facts, clock);
  const createdAtMs = parseTimeMs(plane.createdAt);
  if (createdAtMs !== null && !clock.after(createdAtMs + facts.limits.statusGraceMs)) {
    return finding('pending', 'status-awaited', 'info', "The controller hasn't reported a status yet.");
  }
  const since =
    createdAtMs === null
      ? ''
      : clock.tell(
          createdAtMs,
          (age) => ` in the ${age} since creation`,
          (moment) => ` since creation at ${moment}`,
        );
  const causes = facts.unreconciled ? '' : STATUS_CAUSES;
  return finding('unknown', 'status-missing', 'error', `No status reported${since}.${causes}`);
}

/** Rule 4 while it's unknown whether the release reports agents: no condition can replace that report. */
function withoutSchema(plane: Plane, facts: HealthFacts, clock: Clock): Finding {
  const createdAtMs = parseTimeMs(plane.createdAt);
  const isNew = createdAtMs !== null && !clock.after(createdAtMs + facts.limits.statusGraceMs);
  return finding(
    isNew ? 'pending' : 'unknown',
    'schema-unknown',
    isNew ? 'info' : 'error',
    "This release's schema couldn't be read, so it isn't known whether the release reports agents. This plane has no agent report.",
  );
}

/**
 * Rule 5: not connected. If the plane ever had an agent, it has disconnected; a new plane waits for its first agent for
 * a while.
 */
function notConnected(plane: Plane, agent: AgentConnection, facts: HealthFacts, clock: Clock): Finding {
  const noticedAtMs = parseTimeMs(agent.lastDisconnectedTime);
  const lastSeenAtMs = parseTimeMs(agent.lastHeartbeatTime) ?? parseTimeMs(agent.lastConnectedTime);
  if (noticedAtMs !== null || lastSeenAtMs !== null) {
    const isInFuture = noticedAtMs !== null && !clock.after(noticedAtMs - facts.limits.heartbeatSkewMs - 1);
    const lost = isInFuture
      ? "Agent disconnected. The time that the controller recorded is in the future on the API server's clock."
      : lossSentence(lastSeenAtMs, noticedAtMs, clock);
    const other = facts.siblingAgent
      ? ` Another plane on planeID "${plane.planeID}" reports a connected agent.`
      : '';
    return finding('disconnected', 'agent-lost', 'error', `${lost}${other}`);
  }
  const isNamespaced = kindOfName(plane.kind)?.scope === 'Namespaced';
  if (facts.siblingAgent && isNamespaced && isRefused(plane, facts.siblingAgent, clock)) {
    return finding(
      'disconnected',
      'agent-refused',
      'error',
      `An agent is connected on planeID "${plane.planeID}", as another plane reports. This plane reports none, so its CA most likely rejects the agent's certificate.`,
    );
  }
  const createdAtMs = parseTimeMs(plane.createdAt);
  // Other planes on the planeID may have reported an agent, so then the sentence is about this plane alone.
  const isShared = facts.siblings > 0;
  const noAgent = plane.planeID === null ? 'no agent' : `no agent with planeID "${plane.planeID}"`;
  if (createdAtMs !== null && !clock.after(createdAtMs + facts.limits.firstAgentGraceMs)) {
    const text = facts.siblingAgent
      ? `An agent is connected on planeID "${plane.planeID}", as another plane reports. This plane's status doesn't include it yet.`
      : isShared
        ? `This plane hasn't reported an agent with planeID "${plane.planeID}" yet.`
        : `${capital(noAgent)} has connected yet.`;
    return finding('pending', 'agent-awaited', 'info', text);
  }
  if (facts.siblingAgent) {
    return finding(
      'disconnected',
      'never-connected',
      'error',
      `This plane has never reported an agent, although another plane on planeID "${plane.planeID}" reports one.`,
    );
  }
  const never = isShared
    ? `This plane has never reported an agent with planeID "${plane.planeID}".`
    : `${capital(noAgent)} has ever connected`;
  // A namespaced plane doesn't report an agent that its CA rejects, and the API can't tell these apart.
  return finding(
    'disconnected',
    'never-connected',
    'error',
    isNamespaced
      ? `${isShared ? `${never} Either none has connected since it was created` : never}, or this plane's CA rejects the agent's certificate. The API can't tell these apart.`
      : isShared
        ? never
        : `${never}.`,
  );
}

/** Returns whether a namespaced plane would report the agent on its planeID if its CA accepted it. */
function isRefused(
  plane: Plane,
  { connectedAt }: NonNullable<HealthFacts['siblingAgent']>,
  clock: Clock,
): boolean {
  const refreshedAtMs = parseTimeMs(plane.refreshedAt);
  const refreshesMs = refreshedAtMs === null ? [] : [refreshedAtMs];
  return statusCoversAgent(plane, parseTimeMs(connectedAt ?? undefined), refreshesMs, clock);
}

/** A controller that runs all the time notices within this time, so its age is about that of the disconnection. */
const PROMPTLY_MS = 3 * MINUTE_MS;

/**
 * Describes a disconnection. The controller notices it only when it next copies the gateway's view, so it happened
 * between two times.
 */
function lossSentence(lastSeenAtMs: number | null, noticedAtMs: number | null, clock: Clock): string {
  if (noticedAtMs === null) {
    return `This plane reports no agent. The last one was seen ${clock.ago(lastSeenAtMs ?? clock.nowMs)}.`;
  }
  if (lastSeenAtMs === null || lastSeenAtMs > noticedAtMs) {
    return `Agent disconnected. The controller noticed ${clock.ago(noticedAtMs)}.`;
  }
  const when = formatUtcSpan(lastSeenAtMs, noticedAtMs);
  if (noticedAtMs - lastSeenAtMs > PROMPTLY_MS)
    return `Agent disconnected ${when}. The controller noticed ${clock.ago(noticedAtMs)}.`;
  return clock.tell(
    noticedAtMs,
    (age) => `Agent disconnected ${age} ago, ${when}.`,
    () => `Agent disconnected ${when}.`,
  );
}

/** Rules 6 to 8: the status says connected. */
function* connected(agent: AgentConnection, facts: HealthFacts, clock: Clock): Generator<Finding> {
  const { limits, heartbeatGap } = facts;
  const ownAtMs = parseTimeMs(agent.lastHeartbeatTime);
  const heartbeatAtMs = ownAtMs ?? parseTimeMs(heartbeatGap?.last ?? undefined);
  if (heartbeatAtMs === null) {
    yield heartbeatGap?.severalReplicas
      ? finding(
          'unmonitored',
          'heartbeat-not-reported',
          'info',
          'Heartbeat not reported by this gateway. Only the replica that holds the connection knows it.',
        )
      : finding(
          'unknown',
          'heartbeat-missing',
          'error',
          'The status says connected but has no readable heartbeat to prove it.',
        );
  } else if (!clock.after(heartbeatAtMs - limits.heartbeatSkewMs - 1)) {
    yield finding(
      'unknown',
      'heartbeat-in-future',
      'error',
      "The last heartbeat is in the future on the API server's clock. The clocks of the control plane disagree.",
    );
  } else if (clock.after(heartbeatAtMs + limits.heartbeatStaleMs)) {
    yield finding(
      'stale',
      'heartbeat-stale',
      'error',
      `Last heartbeat ${clock.ago(heartbeatAtMs)}. The status still says connected, but nothing has confirmed it since.`,
    );
  } else if (clock.after(heartbeatAtMs + limits.heartbeatFreshMs)) {
    yield finding(
      'degraded',
      'heartbeat-late',
      'warning',
      `Last heartbeat ${clock.ago(heartbeatAtMs)}, which is later than expected.`,
    );
  }
  if (ownAtMs === null && heartbeatAtMs !== null) {
    yield note(
      'heartbeat-remembered',
      heartbeatGap?.severalReplicas
        ? `Heartbeat heard ${clock.ago(heartbeatAtMs)} through another gateway replica.`
        : `The status has no heartbeat at the moment. The last one was ${clock.ago(heartbeatAtMs)}.`,
    );
  }
  if (agent.connectedAgents < 1) {
    yield finding(
      'degraded',
      'agents-contradict',
      'warning',
      'The status contradicts itself: connected, but no agents.',
    );
  }
}
