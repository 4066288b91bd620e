import { answersForAgent, dialRemedies } from '@/lib/plane/agent-setup/check-agent';
import { hasReportedAgent } from '@/lib/plane/health/agent-history';
import { registeredCaText } from '@/lib/plane/health/ca-bundle';
import { isMeasured } from '@/lib/plane/health/condition-rules';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { HealthReason, JudgedPlane } from '@/lib/plane/health/health';
import { objectName } from '@/lib/plane/model/plane-path';
import { caView } from './ca-view';
import { agentCommand, remediesOf, remedy } from './commands';
import { intermediateRemedies } from './connection-findings';
import { provenWork } from './control-plane-view';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfReason } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';
import { FALLBACK_PLANE_ID } from './fleet-facts';

const NO_WAY_IN =
  'The control plane reaches this cluster only through its agent, so the cluster is unreachable until an agent connects.';

const NEVER_EVIDENCE =
  'status.agentConnection: connected is false, with no heartbeat and no disconnection recorded.';

type FirstAgentCode = 'never-connected' | 'agent-awaited';

const TITLES: Record<FirstAgentCode, string> = {
  'never-connected': 'Never connected',
  'agent-awaited': 'Waiting for the first agent',
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
        `Install the agent${planeID === null ? '' : ` with exactly the planeID "${planeID}"`}.`,
        undefined,
        'connect-agent',
      ),
      ...remediesOf(input, dialRemedies(planeID)),
      ...(code === 'never-connected' ? intermediateRemedies(input) : []),
      ...compareRemedies(input),
    ],
  };
}

/**
 * Explains a plane without an agent on a planeID that another plane reports an agent on. Health doesn't know the other
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
    known: `This plane has never reported an agent, but ${objectName(plane)} reports one on the same planeID.`,
    evidence: NEVER_EVIDENCE,
    consequence: "The agent is installed. Another finding explains why this plane doesn't report it.",
    remedies: [...intermediateRemedies(input), ...compareRemedies(input)],
  };
}

/**
 * Returns whether a cluster-wide sibling confirms that no agent connected. It reports every agent of the planeID; a
 * namespaced plane doesn't.
 */
function witnessText({ row, siblings, ...rest }: DiagnosisInput): string {
  if (isClusterWide({ row, siblings, ...rest })) return '';
  const witness = siblings.find(
    ({ plane }) => plane.namespace === undefined && plane.agent?.connected === false,
  );
  // An agent that it reported earlier has connected.
  if (siblings.some(({ plane }) => hasReportedAgent(plane))) return '';
  return witness === undefined
    ? ''
    : ` ${objectName(witness.plane)} would report any agent on this planeID and reports none, so most likely no agent has connected.`;
}

/** An agent whose chart got a misspelled value connects under the default planeID. */
function strayText({ row, fleet }: DiagnosisInput): string {
  if (fleet.onDefaultID === null || row.plane.planeID === FALLBACK_PLANE_ID) return '';
  return ` ${objectName(fleet.onDefaultID)} reports an agent on planeID "${FALLBACK_PLANE_ID}", which agents with a misspelled planeID use. If you expect no agent there, it may belong here.`;
}

/** Explains that the agent disconnected. */
export function agentLostFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const together = hasReason(input, 'control-plane-incident')
    ? ' Other planes were affected at the same time, so check the incident first.'
    : provenWork(input).gateway
      ? ' Other planes have fresh heartbeats, so the gateway works.'
      : '';
  const { fact } = caView(input);
  const renewed =
    fact.state === 'parsed' && fact.selfSignedLeaf && fact.count === 1
      ? " The plane accepts only the agent's own certificate. If it was renewed and the agent restarted, this is the cause."
      : '';
  return {
    code: 'agent-lost',
    severity: severityOfReason(input, reason),
    title: 'Agent disconnected',
    known: reason.message,
    evidence:
      'status.agentConnection: connected is false. lastHeartbeatTime is the last heartbeat, and lastDisconnectedTime is when the controller noticed the disconnection.',
    consequence: `${NO_WAY_IN} Either the agent or its cluster stopped, or the connection to the gateway is interrupted, or the agent's certificate is rejected.${renewed}${together}`,
    remedies: [
      remedy("Read the agent's log in its own cluster.", agentCommand(input, 'agent-logs')),
      ...compareRemedies(input),
      remedy('Refresh the status once the agent reconnects.', undefined, 'refresh'),
    ],
  };
}

/** Returns how to compare the registered CA with the agent's. */
export function compareRemedies(input: DiagnosisInput): Remedy[] {
  const registered = registeredCaText(caView(input).fact);
  return [
    remedy(
      `Compare the registered CA with the current CA in the agent's Secret.${registered === '' ? '' : ` ${registered}`}`,
      agentCommand(input, 'agent-ca'),
    ),
    remedy(
      "If they differ, add the agent's CA as a new certificate, and remove the old certificate once the agent reconnects.",
      undefined,
      'replace-certificate',
    ),
  ];
}

/**
 * Returns a plane on the same planeID that reports an agent, while this one reports none. The agent must be connected
 * for long enough, and this plane's status must not predate its last change.
 */
export function siblingWithAgent({ row, siblings, nowMs }: DiagnosisInput): JudgedPlane | undefined {
  const { plane } = row;
  if (!isMeasured(plane) || plane.agent?.connected !== false || plane.unreadable) return undefined;
  return siblings.find(
    (sibling) => hasFreshAgent(sibling) && answersForAgent({ refreshesMs: [], nowMs }, row, sibling),
  );
}
