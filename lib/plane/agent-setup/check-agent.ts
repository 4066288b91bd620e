import { hasReportedAgent } from '@/lib/plane/health/agent-history';
import { restartStep } from '@/lib/plane/health/agent-restart';
import { registeredCaText } from '@/lib/plane/health/ca-bundle';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import { statusCoversAgent } from '@/lib/plane/health/controller-delay';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { Clock } from '@/lib/plane/health/health-finding';
import { objectName } from '@/lib/plane/model/plane-path';
import { capital } from '@/lib/plane/model/text';
import { parseTimeMs } from '@/lib/plane/time/age';
import { resourceAwaited, UNREADABLE, UNRECONCILED } from './check-resource';
import { reasonOf, type SetupFacts } from './setup-facts';
import { type SetupRemedy, type Verdict, verdict } from './verdict';

const DIRECT =
  "The control plane calls this cluster directly. There's no agent, so the connection isn't measured.";
const NOT_PROVEN =
  "The status says connected, but this gateway doesn't report the heartbeat that would prove it.";
const NOT_REPORTED = "This release doesn't report agents, so the API can't show whether one is connected.";

/** Returns why agents can't be judged on this plane, or null if they can or there is no plane yet. */
function notMeasured({ row, setup }: SetupFacts): Verdict | null {
  if (row?.plane.unreadable) return UNREADABLE;
  if (row?.plane.facts.unreconciled) return UNRECONCILED;
  if (row && isMeasured(row.plane)) return null;
  if (!row) return setup === 'direct' ? verdict('cannot-tell', DIRECT) : null;
  if (row.plane.connection === 'direct') return verdict('cannot-tell', DIRECT);
  return verdict('cannot-tell', NOT_REPORTED, {
    text: "Check the agent's log in the plane's cluster to see whether it's connected.",
    command: 'agent-logs',
  });
}

/** Checks whether an agent is connected on this planeID. */
export function checkSeen(facts: SetupFacts): Verdict {
  const unmeasured = notMeasured(facts);
  if (unmeasured) return unmeasured;
  const { row } = facts;
  if (row && hasFreshAgent(row)) return verdict('done', agentText(row));
  const sibling = facts.siblings.find(hasFreshAgent);
  if (sibling) {
    return verdict('done', `An agent is connected on this planeID, as ${objectName(sibling.plane)} reports.`);
  }
  if (!row) {
    return facts.listed === 'yes' && facts.expectedPlaneID !== null
      ? verdict(
          'waiting',
          "This plane doesn't exist yet, and no visible plane on its planeID reports an agent.",
        )
      : resourceAwaited(facts);
  }
  if (reasonOf(row, 'heartbeat-not-reported') !== null) return verdict('cannot-tell', NOT_PROVEN);
  const doubtful = reasonOf(
    row,
    'heartbeat-missing',
    'heartbeat-in-future',
    'heartbeat-stale',
    'agents-contradict',
  );
  if (doubtful !== null) return verdict('cannot-tell', doubtful);
  const late = reasonOf(row, 'heartbeat-late');
  if (late !== null) return verdict('waiting', late);
  if (!row.plane.agent) return verdict('waiting', 'Not reported yet.');
  return notSeen(facts, row);
}

function agentText({ plane }: JudgedPlane): string {
  const count = plane.agent?.connectedAgents ?? 0;
  return count === 1
    ? '1 agent is connected, with a fresh heartbeat.'
    : `${count} agents are connected, with fresh heartbeats.`;
}

/**
 * Describes a status without an agent. A plane that reports any agent on the planeID says more than one that reports
 * only its own.
 */
function notSeen(facts: SetupFacts, row: JudgedPlane): Verdict {
  const id = row.plane.planeID;
  const lost = reasonOf(row, 'agent-lost');
  // Another plane's report shows that an agent has connected, even if it's too old to show that one still is.
  const hasConnected = lost !== null || facts.siblings.some(({ plane }) => hasReportedAgent(plane));
  const noAgent = !hasConnected
    ? `no agent has connected with planeID "${id}"`
    : `no agent is connected with planeID "${id}"`;
  const before = lost === null ? '' : ` ${lost}`;
  const witness =
    facts.entry.scope === 'Cluster'
      ? row
      : facts.siblings.find(({ plane }) => plane.namespace === undefined && plane.agent);
  if (witness) {
    const who = witness === row ? 'This plane' : objectName(witness.plane);
    return verdict(
      'waiting',
      `${capital(noAgent)}. ${who} reports every agent on it, and reports none.${before}`,
      ...dialRemedies(id),
    );
  }
  return verdict(
    'waiting',
    `Either ${noAgent}, or one is connected and this plane's CA rejects it. The API can't tell these apart.${before}`,
    ...dialRemedies(id),
    {
      text: 'If the log says "websocket: bad handshake" or that the agent is connected, this plane\'s CA is the likely cause. Compare the registered CA with the one in the agent\'s Secret.',
      command: 'agent-ca',
    },
  );
}

/** Returns what to check while no agent connects with a planeID. */
export function dialRemedies(planeID: string | null): SetupRemedy[] {
  return [
    {
      text: "Check the agent's log for connection errors. \"websocket: bad handshake\" means that no plane on the agent's planeID accepts its certificate, or that no such plane exists. A certificate error means that the gateway's certificate doesn't include the host in the address. A timeout means that the plane's cluster can't reach the address.",
      command: 'agent-logs',
    },
    {
      text: `Check that clusterAgent.planeID is "${planeID}". A misspelled planeId is silently ignored, and the agent then connects as "default".`,
      command: 'agent-values',
    },
  ];
}

/** Checks whether the connected agent verifies against this plane's CA. */
export function checkTrusted(facts: SetupFacts): Verdict {
  const unmeasured = notMeasured(facts);
  if (unmeasured) return unmeasured;
  const { row } = facts;
  if (!row) return resourceAwaited(facts);
  const broken = brokenCa(row, facts.nowMs);
  const hasAgent = hasFreshAgent(row);
  if (broken !== null && !(hasAgent && facts.entry.scope === 'Namespaced')) return broken;
  if (facts.entry.scope === 'Cluster') return cannotBeVerified(row);
  if (hasAgent) {
    return isBehind(row)
      ? verdict('waiting', "The status predates the plane's last change.")
      : verdict('done', "This plane's CA accepts the agent.", ...(broken?.remedies ?? []));
  }
  const sibling = facts.siblings.find(hasFreshAgent);
  // Health judges by the same rule, and also knows planes that this person can't see.
  if (reasonOf(row, 'agent-refused') !== null) return rejectedVerdict(row, sibling, facts.nowMs);
  if (reasonOf(row, 'heartbeat-not-reported') !== null) return verdict('cannot-tell', NOT_PROVEN);
  if (!sibling || !row.plane.agent || row.plane.agent.connected)
    return verdict('waiting', 'Waiting for an agent to connect.');
  return answersForAgent(facts, row, sibling)
    ? rejectedVerdict(row, sibling, facts.nowMs)
    : verdict(
        'waiting',
        "An agent is connected on this planeID. It isn't known yet whether this plane's CA accepts it.",
      );
}

function isBehind({ plane }: JudgedPlane): boolean {
  return plane.observedGeneration !== undefined && plane.observedGeneration < plane.generation;
}

/** Returns whether a plane's status is newer than the agent that its sibling reports. */
export function answersForAgent(
  { refreshesMs, nowMs }: Pick<SetupFacts, 'refreshesMs' | 'nowMs'>,
  { plane }: JudgedPlane,
  sibling: JudgedPlane,
): boolean {
  const connectedAtMs = parseTimeMs(sibling.plane.agent?.lastConnectedTime);
  const refreshedAtMs = parseTimeMs(plane.refreshedAt);
  const refreshes = refreshedAtMs === null ? refreshesMs : [...refreshesMs, refreshedAtMs];
  return statusCoversAgent(plane, connectedAtMs, refreshes, new Clock(nowMs));
}

/**
 * Explains that a sibling reports an agent on the planeID and this plane doesn't.
 *
 * @param sibling undefined if none is visible
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function rejectedVerdict(
  { plane }: JudgedPlane,
  sibling: JudgedPlane | undefined,
  nowMs: number,
): Verdict {
  const restart = restartStep(
    plane.facts.certificate,
    nowMs,
    'Restart the agent if its certificate was renewed. It presents the new certificate only after a restart. If its log then says "websocket: bad handshake", no plane on this planeID accepts it.',
  );
  const reporter = sibling ? objectName(sibling.plane) : 'another plane';
  return verdict(
    'problem',
    `An agent is connected on planeID "${plane.planeID}", as ${reporter} reports, but this plane's CA rejects it.${registeredCa(plane)}`,
    {
      text: "Compare the registered CA with the one that is now in the agent's Secret. Either may be a CA bundle.",
      command: 'agent-ca',
    },
    {
      text: restart.text,
      ...(restart.kind === 'restart' ? { command: 'restart-agent' } : {}),
    },
  );
}

/** Describes the known CA of the plane, for comparison. */
function registeredCa({ facts: { certificate } }: JudgedPlane['plane']): string {
  const words = registeredCaText(certificate);
  return words === '' ? '' : ` ${words}`;
}

function cannotBeVerified(row: JudgedPlane): Verdict {
  return verdict(
    'cannot-tell',
    `Can't be verified: for cluster-wide planes, the API reports any agent on planeID "${row.plane.planeID}", even one that this plane's CA would reject.`,
    {
      text: "To be sure, compare the registered CA with the one in the agent's Secret.",
      command: 'agent-ca',
    },
  );
}

const BROKEN: readonly string[] = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-unusable',
  'certificate-unparsable',
  'certificate-absent',
  'secret-missing',
  'secret-key-missing',
];

/** Returns the CA's own problem, if it has one. */
function brokenCa(row: JudgedPlane, nowMs: number): Verdict | null {
  const sentence = reasonOf(row, ...BROKEN);
  if (sentence === null) return null;
  const restart = restartStep(
    row.plane.facts.certificate,
    nowMs,
    'Restart the agent if its certificate was renewed since it started.',
  );
  return verdict('problem', sentence, {
    text: `${sentence} Register the CA that is now in the agent's Secret. ${restart.text}`,
    command: 'agent-ca',
  });
}
