import type { HealthReason } from '@/lib/plane/health/health';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * Every finding that a diagnosis can come to, in the order in which findings of one severity are told: what makes the
 * rest uncertain, then causes, then what they lead to, then what is good to know. Health's reasons keep their codes.
 */
export const FINDING_CODES = [
  'no-contact',
  'unreadable',
  'schema-unknown',
  'control-plane-incident',
  'controller-down',
  'gateway-down',
  'kind-unreconciled',
  'deletion-blocked',
  'deletion-slow',
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'fields-dropped',
  'certificate-unparsable',
  'certificate-expired',
  'certificate-partly-expired',
  'certificate-not-yet-valid',
  'certificate-unusable',
  'agent-refused',
  'condition-false',
  'status-missing',
  'never-connected',
  'agent-lost',
  'agent-not-counted',
  'heartbeat-stale',
  'heartbeat-missing',
  'heartbeat-in-future',
  'change-unobserved',
  'clock-skew',
  'heartbeat-late',
  'agents-contradict',
  'reference-missing',
  'certificate-expiring',
  'certificate-partly-expiring',
  'deleting',
  'status-awaited',
  'agent-awaited',
  'not-measured',
  'secret-unreadable',
  'certificate-pinned',
  'shared-plane-id',
  'plane-id-default',
  'reference-not-visible',
  'observability-default',
  'observability-none',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** What the page can do about a finding; it turns these into its own buttons and links. */
export type RemedyAction =
  | 'replace-certificate'
  | 'edit-spec'
  | 'refresh'
  | 'connect-agent'
  | 'open-observability-plane'
  | 'register-observability-plane'
  | 'open-siblings'
  | 'open-referrers'
  | 'delete';

export interface Remedy {
  /** What to do, one sentence. */
  readonly text: string;
  /** A command that does or shows it, ready to copy; contexts are placeholders such as `<plane-context>`. */
  readonly command?: string;
  readonly action?: RemedyAction;
}

/** One thing that explains, or may explain, why a plane is as it is. */
export interface DiagnosisFinding {
  readonly code: FindingCode;
  /** `error` explains a state worse than degraded, `warning` will or may, `note` is good to know. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly title: string;
  /** What is known. */
  readonly known: string;
  /** How it is known: which field, which object, whose clock. */
  readonly evidence: string;
  /** What follows from it. */
  readonly consequence: string;
  readonly remedies: readonly Remedy[];
}

type Severity = DiagnosisFinding['severity'];

const WORSE_THAN_DEGRADED: ReadonlySet<HealthState> = new Set(['disconnected', 'stale', 'unknown']);

/** Whether the plane's state is one that `error` explains. */
function isWorseThanDegraded({ row }: DiagnosisInput): boolean {
  return WORSE_THAN_DEGRADED.has(row.health.state);
}

/** Whether health has one of these reasons. */
export function hasReason({ row }: DiagnosisInput, ...codes: readonly ReasonCode[]): boolean {
  return row.health.reasons.some(({ code }) => (codes as readonly string[]).includes(code));
}

/** Of a reason of health. An error beside a milder state, such as a lost agent on a plane that is being deleted, warns. */
export function severityOfReason(input: DiagnosisInput, reason: HealthReason): Severity {
  if (reason.severity === 'info') return 'note';
  return reason.severity === 'error' && isWorseThanDegraded(input) ? 'error' : 'warning';
}

/** Of something that explains, or may explain, these reasons: trouble where one of them is there and names a bad state. */
export function severityOfCause(input: DiagnosisInput, ...mayExplain: readonly ReasonCode[]): Severity {
  return isWorseThanDegraded(input) && hasReason(input, ...mayExplain) ? 'error' : 'warning';
}
