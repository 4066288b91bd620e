import { controlPlaneKubectl, planeArguments, remedy } from './commands';
import type { DiagnosisFinding } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';
import { severityOfCause } from './severity';

/** The kind is served still, and no controller of this release looks after it. */
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
