import type { HealthReason } from '@/lib/plane/health/health';
import { describeFailure, failedConditions } from '@/lib/plane/model/conditions';
import type { Condition, Plane } from '@/lib/plane/model/plane';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { capital } from '@/lib/plane/model/text';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { agentCommand, controlPlaneKubectl, QUICK_REFRESH_REMEDY, REFRESH_REMEDY, remedy } from './commands';
import {
  controlPlaneEvidence,
  controlPlaneRemedies,
  logsRemedy,
  suspectText,
} from './control-plane-findings';
import { controlPlaneView } from './control-plane-view';
import { type DiagnosisFinding, hasReason, severityOfReason } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';

const CA_REASONS = [
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'certificate-unparsable',
] as const;

/** Explains a status that is missing because the plane is new. */
export function statusAwaitedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'status-awaited',
    severity: severityOfReason(input, reason),
    title: 'No status yet',
    known: reason.message,
    evidence: 'metadata.creationTimestamp, and no status.agentConnection.',
    consequence: `Nothing is known of its agent until then. After ${formatAge(input.limits.statusGraceMs)} without a status this counts as trouble.`,
    remedies: [REFRESH_REMEDY],
  };
}

/** Explains a status that the controller should have written by now. */
export function statusMissingFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const view = controlPlaneView(input);
  return {
    code: 'status-missing',
    severity: severityOfReason(input, reason),
    title: 'No status reported',
    known: reason.message,
    evidence: `metadata.creationTimestamp, and no status.agentConnection. ${fleetText(input)}${controlPlaneEvidence(input, view)}`,
    consequence: `Nothing is known of its agent. ${missingCause(input)}`,
    remedies: [QUICK_REFRESH_REMEDY, ...controlPlaneRemedies(input, view)],
  };
}

/** Returns the likely cause, narrowed down by other facts. */
function missingCause(input: DiagnosisInput): string {
  const view = controlPlaneView(input);
  const ofCa = input.row.health.reasons.find(({ code }) => (CA_REASONS as readonly string[]).includes(code));
  if (ofCa) return `Most likely because of its CA: ${ofCa.message}`;
  if (view.controller === 'down' || view.gateway === 'down') return suspectText(view);
  const isCaRead = input.row.plane.facts.certificate.state === 'parsed';
  const causes = [
    isCaRead ? null : 'the Secret of its CA is missing or empty',
    input.fleet.live > 0 || view.gateway === 'ready' ? null : 'the gateway is down',
    input.fleet.liveOfKind > 0 || view.controller === 'runs' ? null : 'the controller is silent',
  ].filter((cause) => cause !== null);
  return causes.length === 0
    ? "Its CA can be read, and the control plane seems to work: the controller's log is the place to look."
    : `Likely ${causes.join(', or ')}.`;
}

/** Explains a frozen status: it says connected, but nothing has confirmed it for too long. */
export function staleFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { agent } = input.row.plane;
  const heartbeatAtMs = parseTimeMs(agent?.lastHeartbeatTime);
  const since = heartbeatAtMs === null ? '' : ` It has not moved since ${formatUtc(heartbeatAtMs)}.`;
  const view = controlPlaneView(input);
  return {
    code: 'heartbeat-stale',
    severity: severityOfReason(input, reason),
    title: 'Its status is frozen',
    known: `${reason.message}${since} ${frozenText(input, heartbeatAtMs)}`,
    evidence: `status.agentConnection.lastHeartbeatTime against the API server's clock. A lost agent would have been reported within 150 s, so it is the report that stopped. ${controlPlaneEvidence(input, view)}`,
    consequence: `Whether its agent is connected is not known. ${frozenCause(input)}`,
    remedies: [
      QUICK_REFRESH_REMEDY,
      ...controlPlaneRemedies(input, view),
      remedy("The agent's own log tells whether it is connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Describes how many other planes are frozen, and whether they froze together with this one. */
function frozenText({ fleet, limits }: DiagnosisInput, heartbeatAtMs: number | null): string {
  const { frozenAtMs, live } = fleet;
  if (frozenAtMs.length === 0) {
    return live === 0
      ? 'No other plane that you see has an agent to compare it with.'
      : `It is the only frozen one that you see: ${otherPlanes(live)} ${live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}.`;
  }
  const together =
    heartbeatAtMs === null
      ? 0
      : frozenAtMs.filter((atMs) => Math.abs(atMs - heartbeatAtMs) <= limits.incidentWindowMs).length;
  const others = `${otherPlanes(frozenAtMs.length)} ${frozenAtMs.length === 1 ? 'is' : 'are'} frozen too`;
  const when =
    together === 0 ? 'none of them at about the same time' : `${together} of them since about the same time`;
  const alive =
    live === 0
      ? 'and none has a fresh heartbeat'
      : `while ${live} ${live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}`;
  return `${capital(others)}, ${when}, ${alive}.`;
}

function frozenCause(input: DiagnosisInput): string {
  const { fleet } = input;
  const view = controlPlaneView(input);
  const ofCa = input.row.health.reasons.find(({ code }) => (CA_REASONS as readonly string[]).includes(code));
  if (view.controller === 'down' || view.gateway === 'down') return suspectText(view);
  if (fleet.liveOfKind > 0) {
    if (ofCa)
      return `The control plane works for other planes of this kind; likely it cannot write this one's status because of its CA: ${ofCa.message}`;
    return hasReason(input, 'change-unobserved')
      ? 'The control plane works for other planes of this kind, so it is this one: the controller likely cannot apply its last change.'
      : "The control plane works for other planes of this kind, so it is this one: the controller's log says what it fails on.";
  }
  if (fleet.live > 0)
    return 'Other kinds have fresh heartbeats, so the gateway works; the controller of this kind has likely stopped or fails on it.';
  return suspectText(view);
}

function fleetText({ fleet }: DiagnosisInput): string {
  if (fleet.live === 0) return '';
  return `${capital(otherPlanes(fleet.live))} ${fleet.live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}, ${fleet.liveOfKind === 0 ? 'none' : fleet.liveOfKind} of this kind. `;
}

/** Counts other planes: `one other plane`, `12 other planes`. */
function otherPlanes(count: number): string {
  return count === 1 ? 'one other plane' : `${count} other planes`;
}

const CONDITION_MEANING: Readonly<Record<string, string>> = {
  Created: 'The controller could not take the plane up.',
  Ready: 'The controller does not consider the plane usable.',
  Connected: "The control plane could not reach the plane's cluster when this was written.",
  GatewayProvisioned: 'What was to serve traffic in that cluster is not set up.',
};

/** Explains a documented condition that is False. */
export function conditionFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const condition = failedConditions(plane.conditions).find((one) => describeFailure(one) === reason.message);
  return {
    code: 'condition-false',
    severity: severityOfReason(input, reason),
    title: `Condition ${condition?.type ?? ''} is False`.replace('  ', ' '),
    known: reason.message,
    evidence: `status.conditions${condition ? conditionEvidence(input, condition) : ''}.`,
    consequence: CONDITION_MEANING[condition?.type ?? ''] ?? 'The controller reports a failure.',
    remedies: [
      remedy('Read the events of the plane.', controlPlaneKubectl(input, eventsArguments(plane))),
      ...logsRemedy(input, 'controller', controlPlaneView(input).controllerName),
    ],
  };
}

function conditionEvidence(input: DiagnosisInput, condition: Condition): string {
  const sinceMs = parseTimeMs(condition.lastTransitionTime);
  const since = sinceMs === null ? '' : `, False for ${formatAge(input.nowMs - sinceMs)}`;
  // Cluster kinds never update observedGeneration after creation, so it means nothing there.
  const isOlder =
    !isClusterWide(input) &&
    condition.observedGeneration !== undefined &&
    condition.observedGeneration < input.row.plane.generation;
  return `, type ${condition.type}${since}${isOlder ? ', written before the last change of the plane' : ''}`;
}

/** Events of cluster-wide objects are in the namespace default. */
function eventsArguments({ kind, namespace, name }: Plane): string {
  const of = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  return `get events -n ${shellQuote(namespace ?? 'default')} --field-selector ${shellQuote(of)} --sort-by=.lastTimestamp`;
}
