import type { HealthReason } from '@/lib/plane/health/health';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { agentCommand, REFRESH_REMEDY, remedy } from './commands';
import { type DiagnosisFinding, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

const CLOCK_REMEDY =
  'Compare the clocks of the machines that run the API server, the controller and the gateway. Synchronize them with NTP.';

/** Names where the heartbeat comes from, as the begin of a sentence. */
export function heartbeatSource({ row }: DiagnosisInput): string {
  return row.plane.facts.heartbeatGap
    ? 'The last heartbeat that Planeboard saw, because the present status has none'
    : 'status.agentConnection.lastHeartbeatTime';
}

/** Describes the gateway's part in an old heartbeat, as a sentence before others. */
export function byReplicas({ row }: DiagnosisInput): string {
  return row.plane.facts.heartbeatGap?.severalReplicas
    ? "The controller's last reports came from gateway replicas that don't know this heartbeat. A refresh may reach the one that does. "
    : '';
}

/** Explains a heartbeat that is older than usual but not stale yet. */
export function lateFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'heartbeat-late',
    severity: severityOfReason(input, reason),
    title: 'Late heartbeat',
    known: reason.message,
    evidence: `${heartbeatSource(input)}, compared with the API server's clock. It usually changes every 60 s; up to ${formatAge(input.limits.heartbeatFreshMs)} counts as fresh.`,
    consequence: `${byReplicas(input)}Either the next report is just late, or the agent, the gateway or the controller has stopped. After ${formatAge(input.limits.heartbeatStaleMs)}, the status counts as stale.`,
    remedies: [
      REFRESH_REMEDY,
      remedy("Check in the agent's own log whether it's connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Explains a connected plane without a heartbeat. */
export function missingHeartbeatFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'heartbeat-missing',
    severity: severityOfReason(input, reason),
    title: 'Connected without a heartbeat',
    known: reason.message,
    evidence: 'status.agentConnection has connected: true and no readable lastHeartbeatTime.',
    consequence:
      "Whether the agent is connected isn't known. A status that has stopped updating would look the same.",
    remedies: [
      REFRESH_REMEDY,
      remedy("Check in the agent's own log whether it's connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Explains a heartbeat in the future. */
export function futureHeartbeatFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const atMs = parseTimeMs(input.row.plane.agent?.lastHeartbeatTime);
  const ahead = atMs === null ? '' : ` The heartbeat is ${formatAge(atMs - input.nowMs)} ahead.`;
  return {
    code: 'heartbeat-in-future',
    severity: severityOfReason(input, reason),
    title: 'Heartbeat is in the future',
    known: `${reason.message}${ahead}`,
    evidence: `status.agentConnection.lastHeartbeatTime, set by the gateway's clock, compared with the API server's clock. A difference of ${formatAge(input.limits.heartbeatSkewMs)} is allowed.`,
    consequence: "The age of the heartbeat isn't known, so it isn't known whether the agent is connected.",
    remedies: [remedy(CLOCK_REMEDY)],
  };
}

/** Explains a connected plane with no agents. */
export function contradictionFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'agents-contradict',
    severity: severityOfReason(input, reason),
    title: 'Connected without agents',
    known: reason.message,
    evidence: `status.agentConnection has connected: true and connectedAgents: ${input.row.plane.agent?.connectedAgents ?? 0}.`,
    consequence: "One of the two values is wrong, so the reported connection isn't reliable.",
    remedies: [REFRESH_REMEDY],
  };
}

/** Finds other times in the future. The heartbeat's own finding says the same more strongly. */
export function clockFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { row, limits, nowMs, related } = input;
  const { plane } = row;
  if (plane.unreadable || row.health.reasons.some(({ code }) => code === 'heartbeat-in-future')) return [];
  const times: [string, string | null | undefined, number][] = [
    ['status.agentConnection.lastConnectedTime', plane.agent?.lastConnectedTime, nowMs],
    ['status.agentConnection.lastDisconnectedTime', plane.agent?.lastDisconnectedTime, nowMs],
    ...plane.conditions.map(({ type, lastTransitionTime }): [string, string | undefined, number] => [
      `lastTransitionTime of condition ${type}`,
      lastTransitionTime,
      nowMs,
    ]),
  ];
  const lease = related?.value.controlPlane.lease;
  if (lease && related) times.push([`renewTime of Lease ${lease.name}`, lease.renewedAt, related.readAtMs]);
  const ahead = times.flatMap(([field, time, seenAtMs]) => {
    const atMs = parseTimeMs(time ?? undefined);
    return atMs !== null && atMs - seenAtMs > limits.heartbeatSkewMs ? [{ field, atMs }] : [];
  });
  if (ahead.length === 0) return [];
  return [
    {
      code: 'clock-skew',
      severity: 'warning',
      title: 'Times are in the future',
      known: `${ahead.map(({ field, atMs }) => `${field} is ${formatUtc(atMs)}`).join('; ')}, which is in the future.`,
      evidence: `These times, set by the controller's clock, compared with the API server's clock (${formatUtc(nowMs)}).`,
      consequence:
        'The clocks of the control plane disagree. Ages on this page may be wrong by as much, and a heartbeat may look fresher or older than it is.',
      remedies: [remedy(CLOCK_REMEDY)],
    },
  ];
}
