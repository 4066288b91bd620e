import type { HealthReason } from '@/lib/plane/health/health';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { DiagnosisFinding } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

type Severity = DiagnosisFinding['severity'];

const WORSE_THAN_DEGRADED: ReadonlySet<HealthState> = new Set(['disconnected', 'stale', 'unknown']);

/** Whether the plane's state is one that `trouble` explains. */
export function isInTrouble({ row }: DiagnosisInput): boolean {
  return WORSE_THAN_DEGRADED.has(row.health.state);
}

/** Whether health has one of these reasons. */
export function hasReason({ row }: DiagnosisInput, ...codes: readonly ReasonCode[]): boolean {
  return row.health.reasons.some(({ code }) => (codes as readonly string[]).includes(code));
}

/** Of a reason of health. An error beside a milder state, such as a lost agent on a plane that is being deleted, warns. */
export function severityOfReason(input: DiagnosisInput, reason: HealthReason): Severity {
  if (reason.severity === 'info') return 'note';
  return reason.severity === 'error' && isInTrouble(input) ? 'trouble' : 'warning';
}

/** Of something that explains, or may explain, these reasons: trouble where one of them is there and names a bad state. */
export function severityOfCause(input: DiagnosisInput, ...mayExplain: readonly ReasonCode[]): Severity {
  return isInTrouble(input) && hasReason(input, ...mayExplain) ? 'trouble' : 'warning';
}
