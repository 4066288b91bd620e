import { shellQuote } from '@/lib/plane/agent-setup/shell-quote';
import type { HealthReason } from '@/lib/plane/health/health';
import { describeFailure, failedConditions } from '@/lib/plane/model/conditions';
import type { Condition, Plane } from '@/lib/plane/model/plane';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { controlPlaneKubectl, remedy } from './commands';
import { logsRemedy } from './control-plane-findings';
import { controlPlaneView } from './control-plane-view';
import type { DiagnosisFinding } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';
import { isClusterWide } from './sentences';
import { severityOfReason } from './severity';

const CONDITION_MEANING: Readonly<Record<string, string>> = {
  Created: 'The controller could not take the plane up.',
  Ready: 'The controller does not consider the plane usable.',
  Connected: "The control plane could not reach the plane's cluster when this was written.",
  GatewayProvisioned: 'What was to serve traffic in that cluster is not set up.',
};

/** A documented condition that is False. */
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
  // Cluster kinds never move their generation after creation, so nothing follows from it there.
  const isOlder =
    !isClusterWide(input) &&
    condition.observedGeneration !== undefined &&
    condition.observedGeneration < input.row.plane.generation;
  return `, type ${condition.type}${since}${isOlder ? ', written before the last change of the plane' : ''}`;
}

/** Events of cluster-wide objects stand in the namespace default. */
function eventsArguments({ kind, namespace, name }: Plane): string {
  const of = `involvedObject.kind=${kind},involvedObject.name=${name}`;
  return `get events -n ${shellQuote(namespace ?? 'default')} --field-selector ${shellQuote(of)} --sort-by=.lastTimestamp`;
}
