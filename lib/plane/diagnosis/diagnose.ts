import type { HealthReason } from '@/lib/plane/health/health';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { agentLostFinding, firstAgentFinding } from './agent-findings';
import { caFindings, pinnedFindings } from './certificate-findings';
import { connectionChangeFindings, pendingCaFindings } from './change-findings';
import {
  flappingFinding,
  gatewayReplicasFindings,
  notReportedFinding,
  rememberedFinding,
} from './connection-findings';
import { controllerDownFindings, gatewayDownFindings, incidentFindings } from './control-plane-findings';
import { credentialFindings } from './credential-findings';
import { blockedFinding, deletingFinding, slowFinding } from './deletion-findings';
import { type DiagnosisFinding, FINDING_CODES, type FindingCode } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';
import { gatewayCertificateFindings } from './gateway-findings';
import {
  clockFindings,
  contradictionFinding,
  futureHeartbeatFinding,
  lateFinding,
  missingHeartbeatFinding,
} from './heartbeat-findings';
import { withoutOverruled } from './overruled-findings';
import { fallbackIDFindings, notCountedFindings, sharedFinding } from './plane-id-findings';
import { noContactFinding, schemaUnknownFinding, unreadableFinding } from './reading-findings';
import {
  absentReferenceFindings,
  hiddenReferenceFindings,
  missingReferenceFinding,
  missingReferenceFindings,
} from './reference-findings';
import { leastHarmFirst } from './remedy-order';
import {
  conditionReportedFinding,
  droppedFieldsFindings,
  notMeasuredFinding,
  unobservedFinding,
  unreconciledFindings,
} from './resource-findings';
import { secretFindings, unreadableSecretFindings } from './secret-findings';
import {
  conditionFinding,
  staleFinding,
  statusAwaitedFinding,
  statusMissingFinding,
} from './status-findings';

/** Null if another finding says the same and more. */
type ReasonRule = (input: DiagnosisInput, reason: HealthReason) => DiagnosisFinding | null;

/**
 * One rule for each reason of health, so no reason goes unexplained. Null if a rule of `OTHERS` reports it, because
 * that rule may know more than health does.
 */
const OF_REASONS: Record<ReasonCode, ReasonRule | null> = {
  unreadable: unreadableFinding,
  'no-contact': noContactFinding,
  deleting: deletingFinding,
  'deletion-blocked': blockedFinding,
  'deletion-slow': slowFinding,
  'kind-unreconciled': null,
  'condition-false': conditionFinding,
  'not-measured': notMeasuredFinding,
  'condition-reported': conditionReportedFinding,
  'schema-unknown': schemaUnknownFinding,
  'status-awaited': statusAwaitedFinding,
  'status-missing': statusMissingFinding,
  'agent-awaited': (input, reason) => firstAgentFinding(input, reason, 'agent-awaited'),
  'never-connected': (input, reason) => firstAgentFinding(input, reason, 'never-connected'),
  'agent-refused': null,
  'agent-lost': agentLostFinding,
  'connection-flapping': flappingFinding,
  'heartbeat-missing': missingHeartbeatFinding,
  'heartbeat-not-reported': notReportedFinding,
  'heartbeat-remembered': rememberedFinding,
  'heartbeat-in-future': futureHeartbeatFinding,
  'heartbeat-stale': staleFinding,
  'heartbeat-late': lateFinding,
  'agents-contradict': contradictionFinding,
  'change-unobserved': unobservedFinding,
  'reference-missing': (_input, { message }) => missingReferenceFinding(message),
  'reference-not-visible': null,
  'shared-plane-id': sharedFinding,
  'certificate-absent': null,
  'certificate-unparsable': null,
  'certificate-partly-unparsable': null,
  'certificate-expired': null,
  'certificate-partly-expired': null,
  'certificate-not-yet-valid': null,
  'certificate-unusable': null,
  'certificate-expiring': null,
  'certificate-partly-expiring': null,
  'secret-missing': null,
  'secret-key-missing': null,
  'credential-absent': null,
  'private-key-unparsable': null,
  'private-key-mismatch': null,
  'control-plane-incident': null,
};

/** Rules for findings besides health's reasons, from facts that only this page has. */
const OTHERS: readonly ((input: DiagnosisInput) => DiagnosisFinding[])[] = [
  connectionChangeFindings,
  incidentFindings,
  controllerDownFindings,
  gatewayDownFindings,
  gatewayReplicasFindings,
  gatewayCertificateFindings,
  unreconciledFindings,
  secretFindings,
  unreadableSecretFindings,
  caFindings,
  pinnedFindings,
  pendingCaFindings,
  credentialFindings,
  droppedFieldsFindings,
  notCountedFindings,
  fallbackIDFindings,
  clockFindings,
  missingReferenceFindings,
  hiddenReferenceFindings,
  absentReferenceFindings,
];

const SEVERITIES: readonly DiagnosisFinding['severity'][] = ['error', 'warning', 'note'];
const rank = new Map<FindingCode, number>(FINDING_CODES.map((code, index) => [code, index]));

/**
 * Explains a plane's state. Returns all findings, worst first and causes before effects. It starts from health's
 * reasons and never contradicts them: each one above info has a finding of its code. In each finding, remedies that reach
 * further come last. Only a plane that is disconnected, stale or unknown has errors.
 */
export function diagnose(input: DiagnosisInput): DiagnosisFinding[] {
  const { plane, health } = input.row;
  const ofReasons = health.reasons.flatMap((reason) => {
    const rule = OF_REASONS[reason.code as ReasonCode];
    return rule?.(input, reason) ?? [];
  });
  // No other field of an unreadable resource can be trusted.
  const others = plane.unreadable ? [] : OTHERS.flatMap((rule) => rule(input));
  return [...ofReasons, ...others]
    .map((finding) => withoutOverruled(input, finding))
    .map((finding) => ({ ...finding, remedies: leastHarmFirst(finding.remedies) }))
    .toSorted(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        (rank.get(a.code) ?? 0) - (rank.get(b.code) ?? 0),
    );
}
