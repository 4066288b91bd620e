import { controlPlaneView } from './control-plane-view';
import { type DiagnosisFinding, type FindingCode, hasReason, type Remedy } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Findings about what the status says of the agent. */
const OF_REPORT: ReadonlySet<FindingCode> = new Set([
  'agent-refused',
  'status-missing',
  'never-connected',
  'agent-lost',
  'connection-flapping',
  'agent-not-counted',
  'heartbeat-stale',
  'heartbeat-missing',
  'change-unobserved',
  'heartbeat-late',
  'agents-contradict',
  'status-awaited',
  'agent-awaited',
  'heartbeat-not-reported',
]);

/** Findings whose remedies apply to a plane that is being deleted. */
const OF_DELETION: ReadonlySet<FindingCode> = new Set(['deleting', 'deletion-blocked', 'deletion-slow']);

/**
 * Replaces what a finding concludes, where another fact already explains it. The report on an agent can't be judged
 * without contact, while the plane is being deleted, or without a controller for its kind, and then none of the usual
 * causes and remedies apply.
 */
export function withoutOverruled(input: DiagnosisInput, finding: DiagnosisFinding): DiagnosisFinding {
  const cause = OF_REPORT.has(finding.code) ? knownCause(input) : null;
  const remedies = cause === null ? finding.remedies : [];
  return {
    ...finding,
    ...(cause === null ? {} : { consequence: cause }),
    remedies: remedies.filter((remedy) => applies(input, finding, remedy)),
  };
}

/** Returns why the report on the agent says nothing about the agent, as a sentence; null if it does. */
function knownCause(input: DiagnosisInput): string | null {
  if (hasReason(input, 'no-contact'))
    return 'This is the last known state. Without contact, it may have changed since.';
  if (input.row.plane.deletingSince !== undefined)
    return "A deletion disconnects the plane's agents, and its controller no longer updates this report, so it says nothing about the agent or the control plane.";
  if (input.row.plane.facts.unreconciled)
    return 'No controller reconciles this kind, so this report no longer changes.';
  return null;
}

function applies(input: DiagnosisInput, { code }: DiagnosisFinding, { action, reach }: Remedy): boolean {
  // Nobody answers.
  if (action === 'refresh' && OF_REPORT.has(code) && controlPlaneView(input).controller === 'down')
    return false;
  // Changes of a plane that is being deleted are pointless.
  const isDeleting = input.row.plane.deletingSince !== undefined;
  return !isDeleting || OF_DELETION.has(code) || reach === 'nothing' || reach === 'all-planes';
}
