import { STATUS_CAUSES } from '@/lib/plane/health/agent-rules';
import type { HealthReason } from '@/lib/plane/health/health';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import { describeFailure, failedConditions } from '@/lib/plane/model/conditions';
import type { Condition, Plane } from '@/lib/plane/model/plane';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { capital, joinList } from '@/lib/plane/model/text';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { agentCommand, controlPlaneKubectl, QUICK_REFRESH_REMEDY, REFRESH_REMEDY, remedy } from './commands';
import {
  controlPlaneEvidence,
  controlPlaneRemedies,
  logsRemedy,
  lostPartText,
  suspectText,
} from './control-plane-findings';
import { controlPlaneView, provenWork } from './control-plane-view';
import { type DiagnosisFinding, hasReason, severityOfReason } from './diagnosis-finding';
import { type DiagnosisInput, isClusterWide } from './diagnosis-input';
import { byReplicas, heartbeatSource } from './heartbeat-findings';

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
    consequence: `Nothing is known about its agent until then. After ${formatAge(input.limits.statusGraceMs)} without a status, this counts as an error.`,
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
    known: reason.message.replace(STATUS_CAUSES, ''),
    evidence: `metadata.creationTimestamp, and no status.agentConnection. ${fleetText(input)}${controlPlaneEvidence(input, view)}`,
    consequence: `Nothing is known about its agent. ${missingCause(input)}`,
    remedies: [
      QUICK_REFRESH_REMEDY,
      ...(suspectsWithoutStatus(input).length === 0
        ? logsRemedy(input, 'controller', view.controllerName)
        : controlPlaneRemedies(input, view)),
    ],
  };
}

/** Returns what may be the cause, to follow "Most likely,"; empty when everything seems to work. */
function suspectsWithoutStatus(input: DiagnosisInput): string[] {
  const view = controlPlaneView(input);
  const proven = provenWork(input, view);
  return [
    input.row.plane.facts.certificate.state === 'parsed' ? null : "the agent CA's Secret is missing or empty",
    proven.gateway || view.gateway === 'ready' ? null : 'the gateway is down',
    proven.controller || view.controller === 'runs' ? null : "the controller isn't responding",
  ].filter((cause) => cause !== null);
}

/** Returns the likely cause, narrowed down by other facts. */
function missingCause(input: DiagnosisInput): string {
  if (input.row.plane.facts.unreconciled) return 'No controller of this release writes it.';
  const view = controlPlaneView(input);
  const ofCa = input.row.health.reasons.find(({ code }) => (CA_REASONS as readonly string[]).includes(code));
  if (ofCa) return `The most likely cause is the agent CA. ${ofCa.message}`;
  if (view.controller === 'down' || view.gateway === 'down') return suspectText(view);
  const causes = suspectsWithoutStatus(input);
  return causes.length === 0
    ? "The agent CA can be read, and the control plane seems to work. Check the controller's log."
    : `Most likely, ${joinList(causes, 'or')}.`;
}

/** Explains a stale status: it says connected, but nothing has confirmed it for too long. */
export function staleFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { agent, facts } = input.row.plane;
  const heartbeatAtMs = parseTimeMs(knownHeartbeat(agent, facts.heartbeatGap));
  const at = heartbeatAtMs === null ? '' : ` (${formatUtc(heartbeatAtMs)})`;
  const view = controlPlaneView(input);
  return {
    code: 'heartbeat-stale',
    severity: severityOfReason(input, reason),
    title: 'Stale status',
    known: `${reason.message} ${frozenText(input, heartbeatAtMs)}`,
    evidence: `${heartbeatSource(input)}${at}, compared with the API server's clock. ${controlPlaneEvidence(input, view)}`,
    consequence: `Whether the agent is connected isn't known. ${facts.heartbeatGap ? '' : 'A disconnected agent would have been reported within 150 s, so the report itself has stopped. '}${byReplicas(input)}${frozenCause(input)}`,
    remedies: [
      QUICK_REFRESH_REMEDY,
      ...controlPlaneRemedies(input, view),
      remedy("Check in the agent's own log whether it's connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Describes how many other planes are stale, and whether they went stale together with this one. */
function frozenText({ fleet, limits }: DiagnosisInput, heartbeatAtMs: number | null): string {
  const { frozenAtMs, live } = fleet;
  if (frozenAtMs.length === 0) {
    return live === 0
      ? 'You see no other plane with an agent to compare it with.'
      : `It's the only stale plane that you see. ${capital(otherPlanes(live))} ${live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}.`;
  }
  const together =
    heartbeatAtMs === null
      ? 0
      : frozenAtMs.filter((atMs) => Math.abs(atMs - heartbeatAtMs) <= limits.incidentWindowMs).length;
  const count = frozenAtMs.length;
  const areStale = `${capital(otherPlanes(count))} ${count === 1 ? 'is' : 'are'} stale too`;
  const alive =
    live === 0
      ? ' No other plane has a fresh heartbeat.'
      : ` ${capital(otherPlanes(live))} ${live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}.`;
  return `${areStale}, ${sinceWhen(together, count)}.${alive}`;
}

/** Says how many of some stale planes went stale together with this one; nothing is counted twice. */
function sinceWhen(together: number, count: number): string {
  if (together === count) return 'since about the same time';
  if (together === 0) return count === 1 ? 'but since a different time' : 'all since different times';
  return `${together} of them since about the same time`;
}

function frozenCause(input: DiagnosisInput): string {
  if (input.row.plane.facts.unreconciled) return 'No controller of this release writes this status any more.';
  const view = controlPlaneView(input);
  const ofCa = input.row.health.reasons.find(({ code }) => (CA_REASONS as readonly string[]).includes(code));
  if (view.controller === 'down' || view.gateway === 'down') return suspectText(view);
  const proven = provenWork(input, view);
  if (proven.controller) {
    if (ofCa)
      return `The control plane works for other planes of this kind. It probably can't write this plane's status because of the agent CA. ${ofCa.message}`;
    return hasReason(input, 'change-unobserved')
      ? "The control plane works for other planes of this kind. The controller probably can't apply this plane's last change."
      : "The control plane works for other planes of this kind. Check the controller's log for why it fails on this one.";
  }
  if (proven.gateway)
    return "Planes of other kinds have fresh heartbeats, so the gateway works. This kind's controller has probably stopped or fails on this plane.";
  return lostPartText(input, view) ?? suspectText(view);
}

function fleetText({ fleet }: DiagnosisInput): string {
  if (fleet.live === 0) return '';
  return `${capital(otherPlanes(fleet.live))} ${fleet.live === 1 ? 'has a fresh heartbeat' : 'have fresh heartbeats'}, ${ofThisKind(fleet)}. `;
}

function ofThisKind({ live, liveOfKind }: DiagnosisInput['fleet']): string {
  if (liveOfKind === 0) return live === 1 ? 'of another kind' : 'none of this kind';
  if (liveOfKind === live) return live === 1 ? 'of this kind' : 'all of this kind';
  return `${liveOfKind} of them of this kind`;
}

/** Counts other planes: `one other plane`, `12 other planes`. */
function otherPlanes(count: number): string {
  return count === 1 ? 'one other plane' : `${count} other planes`;
}

const CONDITION_MEANING: Readonly<Record<string, string>> = {
  Created: "The controller couldn't set up the plane.",
  Ready: "The controller doesn't consider the plane usable.",
  Connected: "The control plane couldn't reach the plane's cluster when this was written.",
  GatewayProvisioned: "The gateway that serves traffic in that cluster isn't set up.",
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
      remedy("Read the plane's events.", controlPlaneKubectl(input, eventsArguments(plane))),
      // No controller that runs has written about a plane of a left-over kind.
      ...(plane.facts.unreconciled
        ? []
        : logsRemedy(input, 'controller', controlPlaneView(input).controllerName)),
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
  return `, type ${condition.type}${since}${isOlder ? ", written before the plane's last change" : ''}`;
}

/** Events of cluster-wide objects are in the namespace default. */
function eventsArguments({ kind, namespace, name }: Plane): string {
  const of = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  return `get events -n ${shellQuote(namespace ?? 'default')} --field-selector ${shellQuote(of)} --sort-by=.lastTimestamp`;
}
