import { answersForAgent, dialRemedies } from '@/lib/plane/agent-setup/check-agent';
import { hasFreshAgent } from '@/lib/plane/agent-setup/setup-facts';
import { registeredCaText } from '@/lib/plane/health/ca-bundle';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import type { HealthReason, JudgedPlane } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { caView } from './ca-view';
import { agentCommand, remediesOf, remedy } from './commands';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfReason } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';
import { FALLBACK_PLANE_ID } from './fleet-facts';

const NO_WAY_IN =
  'The control plane reaches this cluster through its agent alone, so nothing reaches it until one is connected.';

const NEVER_EVIDENCE =
  'status.agentConnection: connected is false, and neither a heartbeat nor a lost connection was ever recorded in it.';

type FirstAgentCode = 'never-connected' | 'agent-awaited';

const TITLES: Record<FirstAgentCode, string> = {
  'never-connected': 'No agent has ever been counted',
  'agent-awaited': 'Waiting for its first agent',
};

/** Explains that no agent ever connected, or that a new plane waits for its first one. */
export function firstAgentFinding(
  input: DiagnosisInput,
  reason: HealthReason,
  code: FirstAgentCode,
): DiagnosisFinding {
  const { planeID } = input.row.plane;
  const sibling = siblingWithAgent(input);
  if (sibling) return uncountedFinding(input, reason, code, sibling);
  return {
    code,
    severity: severityOfReason(input, reason),
    title: TITLES[code],
    known: `${reason.message}${witnessText(input)}${strayText(input)}`,
    evidence: NEVER_EVIDENCE,
    consequence: NO_WAY_IN,
    remedies: [
      remedy(
        `Install the agent${planeID === null ? '' : ` with planeID "${planeID}", letter by letter`}.`,
        undefined,
        'connect-agent',
      ),
      ...remediesOf(input, dialRemedies(planeID)),
      ...compareRemedies(input),
    ],
  };
}

/**
 * Explains a plane without an agent on a planeID that another plane counts an agent on. Health doesn't know the other
 * planes, but an agent has connected.
 */
function uncountedFinding(
  input: DiagnosisInput,
  reason: HealthReason,
  code: FirstAgentCode,
  { plane }: JudgedPlane,
): DiagnosisFinding {
  return {
    code,
    severity: severityOfReason(input, reason),
    title: TITLES[code],
    known: `This plane has never counted an agent, although ${objectName(plane)} counts one on the same planeID.`,
    evidence: NEVER_EVIDENCE,
    consequence: 'The agent is installed; why it is not counted here is told apart.',
    remedies: compareRemedies(input),
  };
}

/**
 * Returns whether a cluster-wide sibling confirms that no agent connected. It counts every agent of the planeID; a
 * namespaced plane doesn't.
 */
function witnessText({ row, siblings, ...rest }: DiagnosisInput): string {
  if (isClusterWide({ row, siblings, ...rest })) return '';
  const witness = siblings.find(
    ({ plane }) => plane.namespace === undefined && plane.agent?.connected === false,
  );
  return witness === undefined
    ? ''
    : ` ${objectName(witness.plane)} would count any agent on this planeID, and counts none, which speaks for nobody having dialled in.`;
}

/** An agent whose chart got a misspelt value connects under the default planeID. */
function strayText({ row, fleet }: DiagnosisInput): string {
  if (fleet.onDefaultID === null || row.plane.planeID === FALLBACK_PLANE_ID) return '';
  return ` ${objectName(fleet.onDefaultID)} counts an agent on planeID "${FALLBACK_PLANE_ID}", under which an agent dials in when its planeID was misspelt: if none was expected there, it may be the one that is missing here.`;
}

/** Explains that the plane had an agent and lost it. */
export function agentLostFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const together = hasReason(input, 'control-plane-incident')
    ? ' Other planes were lost with it, so look at the incident first.'
    : input.fleet.live > 0
      ? ' Other planes have fresh heartbeats, so the gateway works.'
      : '';
  const { fact } = caView(input);
  const renewed =
    fact.state === 'parsed' && fact.selfSignedLeaf && fact.count === 1
      ? " The plane accepts one certificate only, the agent's own: if it was renewed and the agent restarted, that is why."
      : '';
  return {
    code: 'agent-lost',
    severity: severityOfReason(input, reason),
    title: 'Its agent is gone',
    known: reason.message,
    evidence:
      'status.agentConnection: connected is false; lastHeartbeatTime is when the agent was last heard, lastDisconnectedTime when the controller noticed the loss.',
    consequence: `${NO_WAY_IN} Either the agent or its cluster stopped, or the way to the gateway is interrupted, or its certificate is refused.${renewed}${together}`,
    remedies: [
      remedy("Read the agent's log in its own cluster.", agentCommand(input, 'agent-logs')),
      ...compareRemedies(input),
      remedy('Once it is back, have the controller look at once.', undefined, 'refresh'),
    ],
  };
}

/** Returns how to compare the registered CA with the agent's. */
export function compareRemedies(input: DiagnosisInput): Remedy[] {
  const registered = registeredCaText(caView(input).fact);
  return [
    remedy(
      `Compare the CA that this plane was registered with to the one that the agent's Secret holds now.${registered === '' ? '' : ` ${registered}`}`,
      agentCommand(input, 'agent-ca'),
    ),
    remedy(
      'If they differ, register the one that the agent has, beside the old one until it is back.',
      undefined,
      'replace-certificate',
    ),
  ];
}

/**
 * Returns a plane on the same planeID that counts an agent, while this one counts none. The agent must be connected
 * for long enough, and this plane's status must not predate its last change.
 */
export function siblingWithAgent({ row, siblings, nowMs }: DiagnosisInput): JudgedPlane | undefined {
  const { plane } = row;
  if (!isMeasured(plane) || plane.agent?.connected !== false || plane.unreadable) return undefined;
  // The status predates the last change, which says more than any conclusion from it.
  if (plane.observedGeneration !== undefined && plane.observedGeneration < plane.generation) return undefined;
  return siblings.find(
    (sibling) => hasFreshAgent(sibling) && answersForAgent({ refreshesMs: [], nowMs }, sibling),
  );
}
