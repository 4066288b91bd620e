import {
  controlPlaneFindings,
  GATEWAY_CA,
  GATEWAY_CERTIFICATE,
  gatewayRestartEffect,
  rejectionCauses,
} from '@/lib/plane/health/control-plane-certificates';
import {
  type ControlPlaneFinding,
  caChangeEndMs,
  type GatewayFacts,
} from '@/lib/plane/health/gateway-certificates';
import { formatUtc, formatUtcSpan, parseTimeMs } from '@/lib/plane/time/age';
import { remedy } from './commands';
import { provenWork } from './control-plane-view';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfCause } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/**
 * Finds problems of the gateway's own certificates because of which the plane's agent may reject the gateway. Only for a
 * plane without an agent: a connected one isn't affected before it reconnects. Without a controller for its kind, a
 * plane's report says nothing about its agent now.
 */
export function gatewayCertificateFindings(input: DiagnosisInput): DiagnosisFinding[] {
  if (input.row.plane.facts.unreconciled) return [];
  const { gateway, contexts, nowMs } = input;
  if (gateway === null || !hasReason(input, 'agent-lost', 'never-connected', 'agent-awaited')) return [];
  const causes = rejectionCauses(controlPlaneFindings(gateway, nowMs, contexts.controlPlane));
  // Other planes prove that the gateway works, so only an expiry, which they meet later, needs a step for all planes.
  const works = provenWork(input).gateway;
  const findings = causes.map((cause) => ({
    code: 'gateway-certificate' as const,
    severity: severityOfCause(input, 'agent-lost', 'never-connected'),
    title: cause.title,
    known: cause.message,
    evidence: evidenceOf(gateway),
    consequence: `${cause.consequence} ${likelihood(cause, input)}`,
    remedies: [
      remedy(cause.remedy.text, cause.remedy.command),
      ...(cause.remedy.undo === undefined ? [] : [remedy(cause.remedy.undo, undefined, undefined, 'others')]),
      ...(cause.remedy.lastStep === undefined || (works && cause.severity === 'warning')
        ? []
        : [remedy(cause.remedy.lastStep, undefined, undefined, 'all-planes')]),
    ],
  }));
  return [...findings, ...setBackFindings(gateway, input)];
}

/** Finds that the plane was lost while the gateway's CA was another one, which has been set back since. */
function setBackFindings(gateway: GatewayFacts, input: DiagnosisInput): DiagnosisFinding[] {
  const { caChange, caObject } = gateway;
  const [fromMs, toMs] = [parseTimeMs(caChange?.lastSeenAt), parseTimeMs(caChange?.setBackAt)];
  const { agent } = input.row.plane;
  const noticedMs = parseTimeMs(agent?.lastDisconnectedTime);
  if (!caChange || fromMs === null || toMs === null || noticedMs === null) return [];
  // The controller notices a disconnection up to a minute late, but it was after the last heartbeat.
  const lostAfterMs = parseTimeMs(agent?.lastHeartbeatTime) ?? noticedMs;
  if (noticedMs < fromMs || lostAfterMs > toMs || input.nowMs > caChangeEndMs(caChange)) return [];
  return [
    {
      code: 'gateway-certificate',
      severity: 'warning',
      title: caChange.isBesideOther
        ? 'Gateway CA was changed, and the earlier one added again'
        : 'Gateway CA was changed and set back',
      known: `The CA in the ${caObject} ${GATEWAY_CA} was another one ${formatUtcSpan(fromMs, toMs)}, and this agent disconnected about then. Its SHA-256 fingerprint began with ${caChange.after}, and ${caChange.isBesideOther ? `the earlier one, which begins with ${caChange.before}, was added beside it` : `begins with ${caChange.before} again`}.`,
      evidence: evidenceOf(gateway),
      consequence: `Agents that trust ${caChange.isBesideOther ? 'the earlier' : 'this'} CA reconnect by themselves, unless the gateway has started since then with a certificate from the other CA.`,
      remedies: restartRemedies(gateway, input),
    },
  ];
}

/** Returns none if a restart can't help, or would interrupt the agents of planes that work. */
function restartRemedies(gateway: GatewayFacts, input: DiagnosisInput): Remedy[] {
  if (gateway.verified === false || provenWork(input).gateway) return [];
  const effect = gatewayRestartEffect(gateway, input.nowMs);
  return [
    remedy(
      `If the agent's log says that it rejects the gateway's certificate, restart the gateway. ${effect}`,
      undefined,
      undefined,
      'all-planes',
    ),
  ];
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
