import {
  controlPlaneFindings,
  GATEWAY_CA,
  GATEWAY_CERTIFICATE,
  rejectionCauses,
} from '@/lib/plane/health/control-plane-certificates';
import type { ControlPlaneFinding, GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { remedy } from './commands';
import { type DiagnosisFinding, hasReason, severityOfCause } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * Finds problems of the gateway's own certificates because of which the plane's agent may reject the gateway. Only for a
 * plane without an agent: a connected one isn't affected before it reconnects.
 */
export function gatewayCertificateFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { gateway, contexts, nowMs } = input;
  if (gateway === null || !hasReason(input, 'agent-lost', 'never-connected', 'agent-awaited')) return [];
  return rejectionCauses(controlPlaneFindings(gateway, nowMs, contexts.controlPlane)).map((cause) => ({
    code: 'gateway-certificate',
    severity: severityOfCause(input, 'agent-lost', 'never-connected'),
    title: cause.title,
    known: cause.message,
    evidence: evidenceOf(gateway),
    consequence: `${cause.consequence} ${likelihood(cause, input)}`,
    remedies: [
      remedy(cause.remedy.text, cause.remedy.command),
      ...(cause.remedy.lastStep === undefined
        ? []
        : [remedy(cause.remedy.lastStep, undefined, undefined, 'all-planes')]),
    ],
  }));
}

function evidenceOf({ caObject, namespace, watchedSince }: GatewayFacts): string {
  const sinceMs = parseTimeMs(watchedSince ?? undefined);
  const since = sinceMs === null ? '' : ` since ${formatUtc(sinceMs)}`;
  return `The ${caObject} ${GATEWAY_CA} and the Secret ${GATEWAY_CERTIFICATE} in ${namespace}, read every minute${since} with Planeboard's own permissions and compared with the API server's clock. The gateway itself may use an earlier certificate, because it reads its certificate when it starts.`;
}

/** Says whether the agent disconnected after the problem began. */
function likelihood({ severity, since }: ControlPlaneFinding, { row }: DiagnosisInput): string {
  const lostAtMs = parseTimeMs(row.plane.agent?.lastDisconnectedTime);
  const sinceMs = parseTimeMs(since);
  if (lostAtMs !== null && sinceMs !== null && lostAtMs < sinceMs)
    return 'This agent disconnected before that, for another reason, but this may keep it from reconnecting.';
  return severity === 'error'
    ? 'This is the likely reason why no agent is connected.'
    : 'This may be the reason why no agent is connected.';
}
