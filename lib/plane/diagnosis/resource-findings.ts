import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import type { HealthReason } from '@/lib/plane/health/health';
import { planeArguments } from '@/lib/plane/model/shell-commands';
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
    title: 'The last change has not been taken up',
    known: reason.message,
    evidence: `metadata.generation is ${generation}, status.observedGeneration ${observedGeneration ?? 'absent'}.`,
    consequence:
      'What the status says is about the plane as it was before. Either the controller has not looked, or it cannot apply the change, and then the old status stays as it is.',
    remedies: [
      REFRESH_REMEDY,
      ...logsRemedy(input, 'controller', controlPlaneView(input).controllerName),
      remedy('Look over the last change.', undefined, 'edit-spec'),
    ],
  };
}

/** Explains that nothing measures the plane. */
export function notMeasuredFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const isDirect = plane.connection === 'direct';
  const setup = input.features && agentSetup(input.features, plane.connection);
  return {
    code: 'not-measured',
    severity: 'note',
    title: 'Nothing measures this plane',
    known: reason.message,
    evidence: isDirect
      ? 'The spec has access data for the cluster and no agent that is enabled.'
      : 'The schema that the API server serves has no status.agentConnection.',
    consequence: 'Whether its cluster can be reached is not known, so it is never counted as healthy.',
    remedies:
      isDirect || setup === 'direct'
        ? []
        : [
            remedy(
              "The agent's log in the plane's own cluster tells whether it is connected.",
              agentCommand(input, 'agent-logs'),
            ),
          ],
  };
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
      title: 'Fields were dropped',
      known: `What was last applied has ${dropped.length === 1 ? 'a field' : `${dropped.length} fields`} that this release's schema does not have: ${dropped.join(', ')}.`,
      evidence:
        'The annotation kubectl.kubernetes.io/last-applied-configuration, against the schema that the API server serves.',
      consequence:
        'The API server drops such fields without a word, so what they said does not hold. Where the file is applied again, it is dropped again.',
      remedies: [
        ...(isReference
          ? [
              remedy(
                'From release 1.0 on, secretRef is called secretKeyRef: write the same name, namespace and key under it.',
                undefined,
                'edit-spec',
              ),
            ]
          : [remedy('Write what they said in the words of this release.', undefined, 'edit-spec')]),
        remedy('Change the file that it is applied from as well, and apply it with --validate=strict.'),
      ],
    },
  ];
}

/** Finds a kind that is still served but that no controller of this release reconciles. */
export function unreconciledFindings(input: DiagnosisInput): DiagnosisFinding[] {
  if (input.related?.value.unreconciled !== true) return [];
  const { plane } = input.row;
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
      title: `No controller looks after ${plane.kind}s`,
      known: `The API server still serves ${plane.plural}, but in this release workflow planes have taken their place, and no controller reconciles them.`,
      evidence:
        'The plane kinds that the API server serves: workflow planes are among them, as from release 1.0 on.',
      consequence:
        'Its status, if it has one, is from before the upgrade and moves no more. If it still has its finalizer, deleting it will hang, as nobody takes that away.',
      remedies: [
        remedy('Register a workflow plane for this cluster instead, with the agent of its own chart.'),
        remedy(
          'See whether it has finalizers before it is deleted.',
          controlPlaneKubectl(input, `get ${planeArguments(plane)} -o jsonpath='{.metadata.finalizers}'`),
        ),
      ],
    },
  ];
}
