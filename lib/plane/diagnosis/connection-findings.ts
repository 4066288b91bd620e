import { isMeasured } from '@/lib/plane/health/condition-rules';
import { gatewayRestartEffect, reconnectText } from '@/lib/plane/health/control-plane-certificates';
import { isSplit } from '@/lib/plane/health/gateway-shape';
import type { HealthReason } from '@/lib/plane/health/health';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { agentCommand, controlPlaneKubectl, REFRESH_REMEDY, remedy } from './commands';
import { controlPlaneView, gatewayShape } from './control-plane-view';
import {
  type DiagnosisFinding,
  hasReason,
  type Remedy,
  severityOfCause,
  severityOfReason,
} from './diagnosis-finding';
import { type DiagnosisInput, readAge } from './diagnosis-input';

/** The Service through which the gateway's replicas exchange their agents. */
const MESH_SERVICE = 'cluster-gateway-mesh';

/** Finds a gateway with several replicas that don't know each other's agents. */
export function gatewayReplicasFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const { row, controlPlaneNamespace } = input;
  const shape = gatewayShape(input);
  // Without a controller for its kind, the plane's status no longer comes from any replica.
  if (!isSplit(shape) || !isMeasured(row.plane) || row.plane.facts.unreconciled) return [];
  const name = gatewayName(input);
  return [
    {
      code: 'gateway-replicas',
      severity: severityOfReplicas(input),
      title: 'Gateway replicas without a mesh',
      known: `Deployment ${name} is set to ${shape.replicas} replicas, and Service ${MESH_SERVICE} doesn't exist.`,
      evidence: `Deployments and Services in ${controlPlaneNamespace}, read with your permissions${readAge(input)}.`,
      consequence: `Each replica knows only the agents that are connected to it, and each status is what one replica happens to know. The reported connection ${hasReason(input, 'connection-flapping') ? 'changes' : 'can change'} from minute to minute although the agent is fine, and requests that reach another replica fail.`,
      remedies: [
        remedy(
          `To run several, upgrade to OpenChoreo 1.2.4 or later and set clusterGateway.mesh.enabled=true in the control plane's chart. This restarts the gateway. ${gatewayRestartEffect(input.gateway, input.nowMs)}`,
          undefined,
          undefined,
          'all-planes',
        ),
        remedy(
          `Otherwise, scale the gateway to one replica. Agents of the other replicas disconnect, ${reconnectText(input.gateway, input.nowMs)}.`,
          controlPlaneKubectl(
            input,
            `scale deployment/${shellQuote(name)} --replicas=1 -n ${shellQuote(controlPlaneNamespace)}`,
          ),
          undefined,
          'all-planes',
        ),
      ],
    },
  ];
}

/**
 * Replicas explain a loss, also one that planes share, while they run. They don't explain a status that still shows its
 * old heartbeat: another replica would report none.
 */
function severityOfReplicas(input: DiagnosisInput): DiagnosisFinding['severity'] {
  if (controlPlaneView(input).gateway === 'down') return 'warning';
  const explained = ['connection-flapping', 'agent-lost', 'never-connected', 'heartbeat-missing'] as const;
  return input.row.plane.facts.heartbeatGap === undefined
    ? severityOfCause(input, ...explained)
    : severityOfCause(input, ...explained, 'heartbeat-stale');
}

/** Explains a connection that keeps changing. */
export function flappingFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const window = formatAge(input.limits.flappingWindowMs);
  const sinceMs = parseTimeMs(plane.facts.flapping?.since);
  const since = sinceMs === null ? '' : `, the first at ${formatUtc(sinceMs)}`;
  const isCausedByReplicas = isSplit(gatewayShape(input));
  return {
    code: 'connection-flapping',
    severity: severityOfReason(input, reason),
    title: 'Connection keeps changing',
    known: reason.message,
    evidence: `status.agentConnection.connected changed at least three times within ${window}${since}.`,
    consequence: isCausedByReplicas
      ? `The gateway's replicas don't know each other's agents, which explains this. The agent itself is probably fine. Planeboard reports this once, until there are fewer than three changes within ${window}.`
      : `The agent restarts or loses its connection again and again, so requests to this plane fail at times. Planeboard reports this once, until there are fewer than three changes within ${window}.`,
    remedies: [
      remedy(
        "Check the agent's log for the reason of each disconnection.",
        agentCommand(input, 'agent-logs'),
      ),
      remedy(
        'Check whether the gateway runs with one replica, or with a mesh, and whether it restarts.',
        controlPlaneKubectl(
          input,
          `get deployments,services,pods -n ${shellQuote(input.controlPlaneNamespace)}`,
        ),
      ),
    ],
  };
}

/** Explains a connected plane whose heartbeat the gateway has never reported. */
export function notReportedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'heartbeat-not-reported',
    severity: severityOfReason(input, reason),
    title: 'Heartbeat not reported',
    known: reason.message,
    evidence: `status.agentConnection has connected: true and no lastHeartbeatTime. ${shapeText(input)}`,
    consequence:
      "The status counts agents on all replicas, but a stopped controller or gateway would leave the same status. So the plane isn't counted as healthy until a status includes a heartbeat.",
    remedies: [REFRESH_REMEDY],
  };
}

/** Explains where the heartbeat of a plane comes from whose status has none. */
export function rememberedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { heartbeatGap } = input.row.plane.facts;
  const atMs = parseTimeMs(heartbeatGap?.last ?? undefined);
  const at = atMs === null ? '' : ` (${formatUtc(atMs)})`;
  return {
    code: 'heartbeat-remembered',
    severity: severityOfReason(input, reason),
    title: heartbeatGap?.severalReplicas
      ? 'Heartbeat through another replica'
      : 'Heartbeat of an earlier status',
    known: reason.message,
    evidence: `The newest lastHeartbeatTime that Planeboard saw in this connection's statuses${at}. The present status has connected: true and no lastHeartbeatTime. ${shapeText(input)}`,
    consequence: `Its age counts like that of a heartbeat in the status: late after ${formatAge(input.limits.heartbeatFreshMs)}, stale after ${formatAge(input.limits.heartbeatStaleMs)}.`,
    remedies: [
      remedy(
        'If this heartbeat is often late although the agent works, raise PLANEBOARD_HEARTBEAT_FRESH_SECONDS and PLANEBOARD_HEARTBEAT_STALE_SECONDS.',
      ),
    ],
  };
}

function shapeText(input: DiagnosisInput): string {
  const { heartbeatGap } = input.row.plane.facts;
  return heartbeatGap?.severalReplicas
    ? `The gateway in ${input.controlPlaneNamespace} has several replicas or a mesh, and only one replica knows an agent's heartbeat.`
    : `How the gateway in ${input.controlPlaneNamespace} is deployed isn't known.`;
}

function gatewayName({ related }: DiagnosisInput): string {
  const workloads = related?.value.controlPlane.workloads ?? [];
  return workloads.find(({ role }) => role === 'gateway')?.name ?? 'cluster-gateway';
}

const FIXED_IN = '1.1.6 and 1.2.2';

/**
 * Returns how to get around a fault of older gateways, if the registered CA is an intermediate: they check an agent
 * that is already connected without its intermediate certificates.
 */
export function intermediateRemedies(input: DiagnosisInput): Remedy[] {
  const certificates = input.related?.value.ca.certificates ?? [];
  const intermediate = certificates.find(({ isCa, selfSigned, issuer, subject }) => {
    return isCa && !selfSigned && issuer !== subject;
  });
  if (!intermediate) return [];
  const { controlPlaneNamespace } = input;
  return [
    remedy(
      `The registered CA (${intermediate.subject}) is an intermediate, issued by ${intermediate.issuer}. Before OpenChoreo ${FIXED_IN}, a plane that was registered after its agent had connected through an intermediate CA shows no agent until the gateway restarts. Upgrade, or restart the gateway. ${gatewayRestartEffect(input.gateway, input.nowMs)}`,
      controlPlaneKubectl(
        input,
        `rollout restart deployment/${shellQuote(gatewayName(input))} -n ${shellQuote(controlPlaneNamespace)}`,
      ),
      undefined,
      'all-planes',
    ),
  ];
}
