import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import {
  currentPositiveConditions,
  positiveConditions,
  withPresentCredentials,
} from '@/lib/plane/health/controller-rules';
import type { HealthReason } from '@/lib/plane/health/health';
import type { Plane } from '@/lib/plane/model/plane';
import { planeArguments, shellQuote } from '@/lib/plane/model/shell-commands';
import { agentCommand, controlPlaneKubectl, REFRESH_REMEDY, remedy } from './commands';
import { logsRemedy } from './control-plane-findings';
import { controlPlaneView } from './control-plane-view';
import { type DiagnosisFinding, severityOfCause, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Explains that the controller hasn't seen the last change or can't apply it. */
export function unobservedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { generation, observedGeneration } = input.row.plane;
  return {
    code: 'change-unobserved',
    severity: severityOfReason(input, reason),
    title: 'Last change not yet applied',
    known: reason.message,
    evidence: `metadata.generation is ${generation}, status.observedGeneration is ${observedGeneration ?? 'absent'}.`,
    consequence:
      "The status describes the plane before the change. Either the controller hasn't reconciled the plane, or it can't apply the change and leaves the old status.",
    remedies: [
      REFRESH_REMEDY,
      ...logsRemedy(input, 'controller', controlPlaneView(input).controllerName),
      remedy('Review the last change.', undefined, 'edit-spec'),
    ],
  };
}

/** Explains that nothing measures the plane. */
export function notMeasuredFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding | null {
  const { plane } = input.row;
  if (positiveConditions(plane).length > 0) {
    const current = currentPositiveConditions(plane);
    if (current.length === 0) return outdatedFinding(input, reason, 'spec');
    if (withPresentCredentials(current, plane.facts).length === 0)
      return outdatedFinding(input, reason, 'credentials');
    // `controllerDownFindings` knows that it doesn't run, and says what follows.
    return controlPlaneView(input).controller === 'down' ? null : unprovenFinding(input, reason);
  }
  const isDirect = plane.connection === 'direct';
  const setup = input.features && agentSetup(input.features, plane.connection);
  return {
    code: 'not-measured',
    severity: 'note',
    title: 'Not measured',
    known: reason.message,
    evidence: isDirect
      ? 'The spec has access data for the cluster and no enabled agent.'
      : 'The schema that the API server serves has no status.agentConnection.',
    consequence: "Whether its cluster can be reached isn't known, so the plane never counts as healthy.",
    remedies:
      isDirect || setup === 'direct'
        ? []
        : [
            remedy(
              "Check in the agent's log, in the plane's own cluster, whether it's connected.",
              agentCommand(input, 'agent-logs'),
            ),
          ],
  };
}

/** What the finding about conditions that were set before a change says, by what was changed. */
const OUTDATED_BY = {
  spec: {
    title: 'Reported before the last change',
    evidence: ({ generation }: Plane) =>
      `metadata.generation is ${generation}, and the conditions have an earlier observedGeneration.`,
    consequence:
      "The conditions may not hold for the changed spec. Until the controller sets them again, the plane doesn't count as healthy.",
    refresh: REFRESH_REMEDY,
    undo: [],
  },
  credentials: {
    title: 'Reported before a change of the credentials',
    evidence: () =>
      "Two readings of the Secrets with Planeboard's own permissions, and the times of the conditions. Secrets are read every few minutes, so the change may have been some minutes earlier.",
    consequence:
      "The conditions may not hold for the present credentials. Until the controller sets one again, or the earlier credentials are back, the plane doesn't count as healthy. A condition that stays True isn't set again before the spec changes.",
    refresh: remedy(
      "Refresh the status. That shows something only if the controller can't connect with the present credentials and reports it.",
      undefined,
      'refresh',
    ),
    undo: [
      remedy("If the change isn't intended, put the old credentials back.", undefined, 'replace-certificate'),
    ],
  },
} as const;

/** Explains that conditions say that the plane works, but were set before the spec or the credentials were changed. */
function outdatedFinding(
  input: DiagnosisInput,
  reason: HealthReason,
  changed: keyof typeof OUTDATED_BY,
): DiagnosisFinding {
  const { title, evidence, consequence, refresh, undo } = OUTDATED_BY[changed];
  return {
    code: 'not-measured',
    severity: 'note',
    title,
    known: reason.message,
    evidence: evidence(input.row.plane),
    consequence,
    remedies: [refresh, ...logsRemedy(input, 'controller', controlPlaneView(input).controllerName), ...undo],
  };
}

/** Explains that conditions say that the plane works, but nothing proves that the controller still runs. */
function unprovenFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const namespace = shellQuote(input.controlPlaneNamespace);
  return {
    code: 'not-measured',
    severity: 'note',
    title: 'Reported, not measured',
    known: reason.message,
    evidence: reportEvidence(input),
    consequence:
      "A stopped controller leaves its conditions as they were, so they don't count until it's known to run. Until then, the plane doesn't count as healthy.",
    remedies: [
      remedy(
        "Check whether the controller renews its Lease, and whether Planeboard's account may list Leases.",
        controlPlaneKubectl(input, `get leases -n ${namespace}`),
      ),
      ...logsRemedy(input, 'controller', controlPlaneView(input).controllerName),
    ],
  };
}

/** Explains what a green state of a plane that nothing measures is worth. */
export function conditionReportedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'condition-reported',
    severity: 'note',
    title: 'Reported, not measured',
    known: reason.message,
    evidence: reportEvidence(input),
    consequence:
      "The plane counts as healthy only while the controller renews its Lease. That proves that the controller runs, not that the plane's cluster can be reached at this moment.",
    remedies: [],
  };
}

function reportEvidence({ controlPlaneNamespace }: DiagnosisInput): string {
  return `status.conditions, and the controller's Lease in the namespace ${controlPlaneNamespace}, read twice with Planeboard's own account.`;
}

/** Finds last-applied fields that this release dropped. */
export function droppedFieldsFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const dropped = input.related?.value.droppedFields ?? [];
  if (dropped.length === 0) return [];
  const isReference = dropped.some((path) => path.split('.').includes('secretRef'));
  return [
    {
      code: 'fields-dropped',
      severity: 'warning',
      title: 'Unknown fields were dropped',
      known: `The last applied configuration has ${dropped.length === 1 ? 'an unknown field' : `${dropped.length} unknown fields`}: ${dropped.join(', ')}.`,
      evidence:
        'Annotation kubectl.kubernetes.io/last-applied-configuration, compared with the schema that the API server serves.',
      consequence:
        'The API server drops unknown fields without an error, so they have no effect. Applying the file again drops them again.',
      remedies: [
        ...(isReference
          ? [
              remedy(
                'Release 1.0 renamed secretRef to secretKeyRef. Use secretKeyRef with the same name, namespace and key.',
                undefined,
                'edit-spec',
              ),
            ]
          : [remedy("Use this release's fields instead.", undefined, 'edit-spec')]),
        remedy('Fix the source file too, and apply it with --validate=strict.'),
      ],
    },
  ];
}

/** Finds a kind that is still served but that no controller of this release reconciles. */
export function unreconciledFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { plane } = input.row;
  if (!plane.facts.unreconciled) return [];
  return [
    {
      code: 'kind-unreconciled',
      severity: severityOfCause(
        input,
        'status-missing',
        'heartbeat-stale',
        'heartbeat-missing',
        'never-connected',
        'agent-lost',
      ),
      title: `No controller reconciles ${plane.kind}s`,
      known: `The API server still serves ${plane.plural}, but workflow planes replace them in this release, and no controller reconciles them.`,
      evidence:
        'The plane kinds that the API server serves include workflow planes, as in release 1.0 and later.',
      consequence:
        'Its status, if it has one, is from before the upgrade and no longer changes. If it still has its finalizer, its deletion will hang, because nothing removes the finalizer.',
      remedies: [
        remedy(
          "Register a workflow plane for this cluster instead, with the agent from the workflow plane's chart.",
        ),
        remedy(
          'Check for finalizers before you delete it.',
          controlPlaneKubectl(input, `get ${planeArguments(plane)} -o jsonpath='{.metadata.finalizers}'`),
        ),
      ],
    },
  ];
}
