import { registeredCaText } from '@/lib/plane/health/ca-bundle';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { parseTimeMs } from '@/lib/plane/time/age';
import { isControllerSilent, resourceAwaited, UNREADABLE } from './check-resource';
import { hasFreshAgent, reasonOf, type SetupFacts } from './setup-facts';
import { type SetupRemedy, type Verdict, verdict } from './verdict';

const DIRECT =
  'The control plane calls this cluster directly: there is no agent, so nothing measures the connection.';
const NOT_REPORTED = 'This release does not report on agents, so the API tells nothing of them.';

/**
 * The controller reconciles a refreshed resource within seconds. After this, its status reflects the time of the
 * refresh.
 */
const ANSWERED_MS = 5_000;

/** Returns why agents can't be judged on this plane, or null if they can or there is no plane yet. */
function notMeasured({ row, setup }: SetupFacts): Verdict | null {
  if (row?.plane.unreadable) return UNREADABLE;
  if (row && isMeasured(row.plane)) return null;
  if (!row) return setup === 'direct' ? verdict('cannot-tell', DIRECT) : null;
  if (row.plane.connection === 'direct') return verdict('cannot-tell', DIRECT);
  return verdict('cannot-tell', NOT_REPORTED, {
    text: "The agent's own log in the plane's cluster tells whether it is connected.",
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
    return verdict('done', `An agent is on this planeID: ${objectName(sibling.plane)} counts it.`);
  }
  if (!row) {
    return facts.listed === 'yes' && facts.expectedPlaneID !== null
      ? verdict('waiting', 'No other plane on this planeID counts an agent, and this one does not exist yet.')
      : resourceAwaited(facts);
  }
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
    ? 'One agent is connected, with a fresh heartbeat.'
    : `${count} agents are connected, with fresh heartbeats.`;
}

/**
 * Describes a status without an agent. A plane that counts every agent of the planeID says more than one that counts
 * only its own.
 */
function notSeen(facts: SetupFacts, row: JudgedPlane): Verdict {
  const id = row.plane.planeID;
  const lost = reasonOf(row, 'agent-lost');
  const nobody =
    lost === null ? `Nobody has dialled in with planeID "${id}"` : `Nobody is on planeID "${id}" now`;
  const before = lost === null ? '' : ` ${lost}`;
  const witness =
    facts.entry.scope === 'Cluster'
      ? row
      : facts.siblings.find(({ plane }) => plane.namespace === undefined && plane.agent);
  if (witness) {
    const who = witness === row ? 'This plane' : objectName(witness.plane);
    return verdict(
      'waiting',
      `${nobody}. ${who} would count any agent on it, and counts none.${before}`,
      ...dialRemedies(id),
    );
  }
  return verdict(
    'waiting',
    `No agent that this plane accepts. ${nobody}, or an agent is there and this plane's CA refuses it: the API tells no difference.${before}`,
    ...dialRemedies(id),
    {
      text: "If the agent's log says that it is connected or that its handshake is refused, the CA is the matter: compare what the plane was registered with to what the agent's Secret holds.",
      command: 'agent-ca',
    },
  );
}

/** Returns what to check while no agent connects with a planeID. */
export function dialRemedies(planeID: string | null): SetupRemedy[] {
  return [
    {
      text: "The agent's log says what happens when it dials. A certificate error there means that the gateway's certificate does not name the host in the address; a timeout, that the address cannot be reached from that cluster.",
      command: 'agent-logs',
    },
    {
      text: `The value has to be clusterAgent.planeID: "${planeID}". A misspelt planeId is ignored silently, and the agent then dials in as "default".`,
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
  const broken = brokenCa(row);
  const hasAgent = hasFreshAgent(row);
  if (broken !== null && !(hasAgent && facts.entry.scope === 'Namespaced')) return broken;
  if (facts.entry.scope === 'Cluster') return cannotBeVerified(row);
  if (hasAgent) {
    return isBehind(row)
      ? verdict('waiting', 'The status is from before the last change of the plane.')
      : verdict('done', "It verifies against this plane's CA.", ...(broken?.remedies ?? []));
  }
  const sibling = facts.siblings.find(hasFreshAgent);
  if (!sibling || !row.plane.agent || row.plane.agent.connected)
    return verdict('waiting', 'Comes once an agent is seen.');
  return answersForAgent(facts, sibling)
    ? rejectedVerdict(row, sibling)
    : verdict('waiting', "An agent is on this planeID; whether this plane's CA accepts it is being asked.");
}

function isBehind({ plane }: JudgedPlane): boolean {
  return plane.observedGeneration !== undefined && plane.observedGeneration < plane.generation;
}

/** Returns whether a plane's status is newer than the agent that its sibling counts. */
export function answersForAgent(
  { refreshesMs, nowMs }: Pick<SetupFacts, 'refreshesMs' | 'nowMs'>,
  { plane }: JudgedPlane,
): boolean {
  const sinceMs = parseTimeMs(plane.agent?.lastConnectedTime);
  if (sinceMs === null) return true;
  if (isControllerSilent(sinceMs, nowMs)) return true;
  return refreshesMs.some((changeMs) => changeMs > sinceMs && nowMs - changeMs > ANSWERED_MS);
}

/** Explains that a sibling counts an agent on the planeID and this plane doesn't. */
export function rejectedVerdict({ plane }: JudgedPlane, sibling: JudgedPlane): Verdict {
  return verdict(
    'problem',
    `An agent is on planeID "${plane.planeID}", and ${objectName(sibling.plane)} counts it, but this plane's CA refuses it.${registeredCa(plane)}`,
    {
      text: "Compare the CA that this plane was registered with to the one that the agent's Secret holds now. Several certificates may stand in it together.",
      command: 'agent-ca',
    },
    {
      text: 'After a renewal the agent shows its new certificate only once it was restarted.',
      command: 'restart-agent',
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
    `Cannot be verified: for cluster-wide kinds the API counts any agent on planeID "${row.plane.planeID}", also one that this plane's CA would refuse.`,
    {
      text: "To be sure, compare the registered CA to the one in the agent's Secret.",
      command: 'agent-ca',
    },
  );
}

const BROKEN: readonly string[] = [
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-unparsable',
  'certificate-absent',
  'secret-missing',
  'secret-key-missing',
];

/** Returns the CA's own problem, if it has one. */
function brokenCa(row: JudgedPlane): Verdict | null {
  const sentence = reasonOf(row, ...BROKEN);
  if (sentence === null) return null;
  return verdict('problem', sentence, {
    text: `${sentence} Register the CA that the agent's Secret holds now; the agent has to be restarted if its certificate was renewed since it started.`,
    command: 'agent-ca',
  });
}
