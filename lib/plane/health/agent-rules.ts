import { kindOfName } from '@/lib/plane/model/kinds';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { formatUtcSpan, parseTimeMs } from '@/lib/plane/time/age';
import type { HealthFacts } from './health-facts';
import { type Clock, type Finding, finding } from './health-finding';

/**
 * Rules 4 to 8 about the agent, for planes whose schema reports one or may report one. `connected: true` alone proves
 * nothing: when the controller or the gateway stops, the status freezes, so the heartbeat's age decides.
 */
export function* agentFindings(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  if (!plane.agent) yield withoutStatus(plane, facts, clock);
  else if (!plane.agent.connected) yield notConnected(plane, plane.agent, facts, clock);
  else yield* connected(plane.agent, facts, clock);
}

/** Rule 4: the controller has written no agentConnection, so the agent's state is unknown. */
function withoutStatus(plane: Plane, facts: HealthFacts, clock: Clock): Finding {
  if (plane.schemaUnknown) return withoutSchema(plane, facts, clock);
  const createdAtMs = parseTimeMs(plane.createdAt);
  if (createdAtMs !== null && !clock.after(createdAtMs + facts.limits.statusGraceMs)) {
    return finding(
      'pending',
      'status-awaited',
      'info',
      'Just created: the controller has not reported a status yet.',
    );
  }
  const since =
    createdAtMs === null
      ? ''
      : clock.tell(
          createdAtMs,
          (age) => ` in the ${age} since it was created`,
          (moment) => ` since it was created at ${moment}`,
        );
  return finding(
    'unknown',
    'status-missing',
    'error',
    `No status reported${since}. Likely causes: the Secret of its CA is missing or empty, or the controller or gateway is down.`,
  );
}

/** Rule 4 while it's unknown whether the release reports agents: no condition can replace that report. */
function withoutSchema(plane: Plane, facts: HealthFacts, clock: Clock): Finding {
  const createdAtMs = parseTimeMs(plane.createdAt);
  const isNew = createdAtMs !== null && !clock.after(createdAtMs + facts.limits.statusGraceMs);
  return finding(
    isNew ? 'pending' : 'unknown',
    'schema-unknown',
    isNew ? 'info' : 'error',
    'Which fields this release has could not be read, so it is not known whether it reports on agents. This plane has no such report.',
  );
}

/** Rule 5: not connected. A plane that had an agent has lost it; a new plane waits for its first one for a while. */
function notConnected(plane: Plane, agent: AgentConnection, facts: HealthFacts, clock: Clock): Finding {
  const noticedAtMs = parseTimeMs(agent.lastDisconnectedTime);
  const lastSeenAtMs = parseTimeMs(agent.lastHeartbeatTime) ?? parseTimeMs(agent.lastConnectedTime);
  if (noticedAtMs !== null || lastSeenAtMs !== null) {
    return finding('disconnected', 'agent-lost', 'error', lossSentence(lastSeenAtMs, noticedAtMs, clock));
  }
  const createdAtMs = parseTimeMs(plane.createdAt);
  const who = plane.planeID === null ? 'No agent' : `No agent with planeID "${plane.planeID}"`;
  if (createdAtMs !== null && !clock.after(createdAtMs + facts.limits.firstAgentGraceMs)) {
    return finding('pending', 'agent-awaited', 'info', `Waiting for its agent. ${who} has connected yet.`);
  }
  // A namespaced kind doesn't count an agent that the plane's CA rejects, and the API can't tell these apart.
  const orRefused =
    kindOfName(plane.kind)?.scope === 'Namespaced'
      ? " Or one did, and this plane's CA refuses its certificate: the API tells no difference."
      : '';
  return finding(
    'disconnected',
    'never-connected',
    'error',
    `Never connected. ${who} has ever dialled in.${orRefused}`,
  );
}

/**
 * Describes a loss. The controller notices it only when it next copies the gateway's view, so it lies between two
 * times.
 */
function lossSentence(lastSeenAtMs: number | null, noticedAtMs: number | null, clock: Clock): string {
  if (noticedAtMs === null) {
    return `No agent is connected, the last was heard ${clock.ago(lastSeenAtMs ?? clock.nowMs)}.`;
  }
  if (lastSeenAtMs === null || lastSeenAtMs > noticedAtMs) {
    return `Lost its agent: the controller noticed ${clock.ago(noticedAtMs)}.`;
  }
  const when = formatUtcSpan(lastSeenAtMs, noticedAtMs);
  return clock.tell(
    noticedAtMs,
    (age) => `Lost its agent ${age} ago, ${when}.`,
    () => `Lost its agent ${when}.`,
  );
}

/** Rules 6 to 8: the status says connected. */
function* connected(agent: AgentConnection, facts: HealthFacts, clock: Clock): Generator<Finding> {
  const { limits } = facts;
  const heartbeatAtMs = parseTimeMs(agent.lastHeartbeatTime);
  if (heartbeatAtMs === null) {
    yield finding(
      'unknown',
      'heartbeat-missing',
      'error',
      'Reported as connected, but without any heartbeat to prove it.',
    );
  } else if (!clock.after(heartbeatAtMs - limits.heartbeatSkewMs - 1)) {
    yield finding(
      'unknown',
      'heartbeat-in-future',
      'error',
      "The last heartbeat lies in the future on the API server's clock: the clocks of the control plane disagree.",
    );
  } else if (clock.after(heartbeatAtMs + limits.heartbeatStaleMs)) {
    yield finding(
      'stale',
      'heartbeat-stale',
      'error',
      `Frozen, heartbeat ${clock.tell(heartbeatAtMs, oldText, ofText)}. The status still says connected, but nothing has confirmed it since.`,
    );
  } else if (clock.after(heartbeatAtMs + limits.heartbeatFreshMs)) {
    yield finding(
      'degraded',
      'heartbeat-late',
      'warning',
      `The heartbeat is late: ${clock.tell(heartbeatAtMs, oldText, (moment) => `the last is of ${moment}`)}.`,
    );
  }
  if (agent.connectedAgents < 1) {
    yield finding(
      'degraded',
      'agents-contradict',
      'warning',
      'Reported as connected with no agents: the status contradicts itself.',
    );
  }
}

function oldText(age: string): string {
  return `${age} old`;
}

function ofText(moment: string): string {
  return `of ${moment}`;
}
