import type { HealthReason } from '@/lib/plane/health/health';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { agentCommand, REFRESH_REMEDY, remedy } from './commands';
import { type DiagnosisFinding, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

const CLOCK_REMEDY =
  'Compare the clocks of the machines that run the API server, the controller and the gateway, and let them keep time by NTP.';

/** Explains a heartbeat that is older than usual but not stale yet. */
export function lateFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'heartbeat-late',
    severity: severityOfReason(input, reason),
    title: 'Its heartbeat is late',
    known: reason.message,
    evidence: `status.agentConnection.lastHeartbeatTime against the API server's clock. It usually moves once in 60 s; up to ${formatAge(input.limits.heartbeatFreshMs)} counts as fresh.`,
    consequence: `Either the next report is merely late, or agent, gateway or controller have stopped. After ${formatAge(input.limits.heartbeatStaleMs)} the status counts as frozen.`,
    remedies: [
      REFRESH_REMEDY,
      remedy("The agent's own log tells whether it is connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Explains a connected plane without a heartbeat. */
export function missingHeartbeatFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'heartbeat-missing',
    severity: severityOfReason(input, reason),
    title: 'Connected, without a heartbeat',
    known: reason.message,
    evidence: 'status.agentConnection has connected: true and no lastHeartbeatTime that can be read.',
    consequence:
      'Whether its agent is connected is not known: a status that has stopped moving would look the same.',
    remedies: [
      REFRESH_REMEDY,
      remedy("The agent's own log tells whether it is connected.", agentCommand(input, 'agent-logs')),
    ],
  };
}

/** Explains a heartbeat in the future. */
export function futureHeartbeatFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const atMs = parseTimeMs(input.row.plane.agent?.lastHeartbeatTime);
  const ahead = atMs === null ? '' : ` It is ${formatAge(atMs - input.nowMs)} ahead.`;
  return {
    code: 'heartbeat-in-future',
    severity: severityOfReason(input, reason),
    title: 'Its heartbeat lies in the future',
    known: `${reason.message}${ahead}`,
    evidence: `status.agentConnection.lastHeartbeatTime, which the gateway's clock made, against the API server's; ${formatAge(input.limits.heartbeatSkewMs)} of difference are allowed.`,
    consequence: 'How old the heartbeat is cannot be said, so whether the agent is connected is not known.',
    remedies: [remedy(CLOCK_REMEDY)],
  };
}

/** Explains a connected plane with no agents. */
export function contradictionFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'agents-contradict',
    severity: severityOfReason(input, reason),
    title: 'Connected, with no agents',
    known: reason.message,
    evidence: `status.agentConnection has connected: true and connectedAgents: ${input.row.plane.agent?.connectedAgents ?? 0}.`,
    consequence: 'One of the two is wrong, so the connection cannot be relied on.',
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
      `lastTransitionTime of the condition ${type}`,
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
      title: 'Times lie in the future',
      known: `${ahead.map(({ field, atMs }) => `${field} is ${formatUtc(atMs)}`).join('; ')}, which has not come yet.`,
      evidence: `These times, which the controller's clock made, against the API server's, on which it is ${formatUtc(nowMs)}.`,
      consequence:
        'Clocks of the control plane disagree. Ages on this page may be wrong by as much, and a heartbeat may look fresher or older than it is.',
      remedies: [remedy(CLOCK_REMEDY)],
    },
  ];
}
