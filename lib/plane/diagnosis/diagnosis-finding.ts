import type { HealthReason } from '@/lib/plane/health/health';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * Every finding of a diagnosis, in the order within one severity: first what makes the rest uncertain, then causes,
 * then effects, then notes. Health's reasons keep their codes.
 */
export const FINDING_CODES = [
  'no-contact',
  'unreadable',
  'schema-unknown',
  'connection-changed',
  'gateway-replicas',
  'control-plane-incident',
  'controller-down',
  'gateway-down',
  'gateway-certificate',
  'kind-unreconciled',
  'deletion-blocked',
  'deletion-slow',
  'secret-missing',
  'secret-key-missing',
  'certificate-absent',
  'credential-absent',
  'fields-dropped',
  'certificate-unparsable',
  'private-key-unparsable',
  'private-key-mismatch',
  'certificate-partly-unparsable',
  'certificate-expired',
  'certificate-partly-expired',
  'certificate-not-yet-valid',
  'certificate-unusable',
  'agent-refused',
  'condition-false',
  'status-missing',
  'never-connected',
  'agent-lost',
  'connection-flapping',
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
  'heartbeat-not-reported',
  'not-measured',
  'condition-reported',
  'secret-unreadable',
  'certificate-pinned',
  'certificate-replaced',
  'heartbeat-remembered',
  'shared-plane-id',
  'plane-id-default',
  'reference-not-visible',
  'observability-default',
  'observability-none',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** The action that the page offers for a finding, as its own button or link. */
export type RemedyAction =
  | 'replace-certificate'
  | 'edit-spec'
  | 'undo-change'
  | 'refresh'
  | 'connect-agent'
  | 'open-observability-plane'
  | 'register-observability-plane'
  | 'open-siblings'
  | 'open-referrers'
  | 'delete';

/**
 * What a remedy changes or interrupts, from the least harm to the most: nothing; this plane and its agent; also other
 * planes or objects; every plane of the installation.
 */
export const REACHES = ['nothing', 'plane', 'others', 'all-planes'] as const;
export type Reach = (typeof REACHES)[number];

export const REACH_OF_ACTION: Record<RemedyAction, Reach> = {
  'replace-certificate': 'plane',
  'edit-spec': 'plane',
  'undo-change': 'plane',
  refresh: 'plane',
  'connect-agent': 'plane',
  'open-observability-plane': 'nothing',
  'register-observability-plane': 'plane',
  'open-siblings': 'nothing',
  'open-referrers': 'nothing',
  delete: 'others',
};

export interface Remedy {
  /** What to do and, if it reaches beyond this plane, what happens to the others. */
  readonly text: string;
  readonly reach: Reach;
  /** A command that does or shows it, ready to copy. Unknown contexts are placeholders such as `<plane-context>`. */
  readonly command?: string;
  readonly action?: RemedyAction;
}

/** Something that explains, or may explain, a plane's state. */
export interface DiagnosisFinding {
  readonly code: FindingCode;
  /**
   * `error` explains a state worse than degraded, `warning` explains another problem or one to come, `note` is
   * information.
   */
  readonly severity: 'error' | 'warning' | 'note';
  readonly title: string;
  /** The fact. */
  readonly known: string;
  /** The source of the fact: which field, which object, whose clock. */
  readonly evidence: string;
  /** The consequence of the fact. */
  readonly consequence: string;
  readonly remedies: readonly Remedy[];
}

type Severity = DiagnosisFinding['severity'];

const WORSE_THAN_DEGRADED: ReadonlySet<HealthState> = new Set(['disconnected', 'stale', 'unknown']);

/** Returns whether the plane's state is one that `error` explains. */
function isWorseThanDegraded({ row }: DiagnosisInput): boolean {
  return WORSE_THAN_DEGRADED.has(row.health.state);
}

/** Returns whether health has one of these reasons. */
export function hasReason({ row }: DiagnosisInput, ...codes: readonly ReasonCode[]): boolean {
  return row.health.reasons.some(({ code }) => (codes as readonly string[]).includes(code));
}

/**
 * Returns the severity of a health reason. An error beside a milder state, such as a disconnected agent on a plane that is
 * being deleted, is a warning.
 */
export function severityOfReason(input: DiagnosisInput, reason: HealthReason): Severity {
  if (reason.severity === 'info') return 'note';
  return reason.severity === 'error' && isWorseThanDegraded(input) ? 'error' : 'warning';
}

/**
 * Returns the severity of something that may explain these reasons: error if one of them occurs and the state is bad.
 */
export function severityOfCause(input: DiagnosisInput, ...mayExplain: readonly ReasonCode[]): Severity {
  return isWorseThanDegraded(input) && hasReason(input, ...mayExplain) ? 'error' : 'warning';
}
