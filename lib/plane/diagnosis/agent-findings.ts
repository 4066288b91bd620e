import { parseTimeMs } from '../age';
import { dialAdvice } from '../connect/check-agent';
import type { HealthReason } from '../health-state';
import { caView } from './ca-view';
import { agentCommand, remediesOf, remedy } from './commands';
import type { DiagnosisFinding, Remedy } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';
import { FALLBACK_PLANE_ID } from './fleet-around';
import { hasReason, severityOfReason } from './severity';
import { isClusterWide, planeName } from './words';

const NO_WAY_IN =
  'The control plane reaches this cluster through its agent alone, so nothing reaches it until one is connected.';

/** No agent was ever there, or a new plane waits for its first. */
export function firstAgentFinding(
  input: DiagnosisInput,
  reason: HealthReason,
  code: 'never-connected' | 'agent-awaited',
): DiagnosisFinding {
  const { planeID } = input.row.plane;
  return {
    code,
    severity: severityOfReason(input, reason),
    title: code === 'never-connected' ? 'No agent has ever connected' : 'Waiting for its first agent',
    known: `${reason.message}${witnessWords(input)}${strayWords(input)}`,
    evidence:
      'status.agentConnection: connected is false, and neither a heartbeat nor a lost connection was ever recorded in it.',
    consequence: NO_WAY_IN,
    remedies: [
      remedy(
        `Install the agent${planeID === null ? '' : ` with planeID "${planeID}", letter by letter`}.`,
        undefined,
        'connect-agent',
      ),
      ...remediesOf(input, dialAdvice(planeID)),
      ...compareRemedies(input),
    ],
  };
}

/** Who counts every agent of a planeID can say that nobody dialled in; a namespaced plane itself cannot. */
function witnessWords({ row, siblings, ...rest }: DiagnosisInput): string {
  if (isClusterWide({ row, siblings, ...rest })) return '';
  const witness = siblings.find(
    ({ plane }) => plane.namespace === undefined && plane.agent?.connected === false,
  );
  return witness === undefined
    ? ''
    : ` ${planeName(witness.plane)} would count any agent on this planeID, and counts none, which speaks for nobody having dialled in.`;
}

/** An agent whose chart got a misspelt value dials in as somebody else. */
function strayWords({ row, fleet }: DiagnosisInput): string {
  if (fleet.onDefaultID === null || row.plane.planeID === FALLBACK_PLANE_ID) return '';
  return ` ${planeName(fleet.onDefaultID)} counts an agent on planeID "${FALLBACK_PLANE_ID}", under which an agent dials in when its planeID was misspelt: if none was expected there, it may be the one that is missing here.`;
}

/** An agent was there, and is not any more. */
export function agentLostFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const together = hasReason(input, 'control-plane-incident')
    ? ' Other planes were lost with it, so look at the incident first.'
    : input.fleet.live > 0
      ? ' Other planes have fresh heartbeats, so the gateway works.'
      : '';
  const { fact } = caView(input);
  const renewed =
    fact.state === 'parsed' && fact.selfSignedLeaf
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

/** How the registered CA is compared with the agent's. */
export function compareRemedies(input: DiagnosisInput): Remedy[] {
  const certificate = caView(input).fact;
  const registered =
    certificate.state === 'parsed'
      ? ` Registered is ${certificate.subject}${parseTimeMs(certificate.notAfter) === null ? '' : `, valid until ${certificate.notAfter}`}.`
      : '';
  return [
    remedy(
      `Compare the CA that this plane was registered with to the one that the agent's Secret holds now.${registered}`,
      agentCommand(input, 'agent-ca'),
    ),
  ];
}
