import { type GatewayShape, isSplit, UNKNOWN_GATEWAY } from '@/lib/plane/health/gateway-shape';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { type DiagnosisInput, usesGateway } from './diagnosis-input';

/**
 * A leader renews its lease every 2 s and loses it after 15 s (the defaults of controller-runtime). Well past that,
 * it doesn't run or can't reach the API server. The lease uses the controller's clock, so an old time alone proves
 * nothing: the Lease must also have stayed the same between two readings.
 */
const LEASE_SILENT_MS = 60_000;

type Workload = RelatedResources['controlPlane']['workloads'][number];

/** The state of the two components that write statuses. `unknown` means it couldn't be read or isn't conclusive. */
export interface ControlPlaneView {
  readonly controller: 'runs' | 'down' | 'unknown';
  readonly gateway: 'ready' | 'down' | 'unknown';
  /** What was read of each, in sentences; empty if nothing was. */
  readonly controllerText: string;
  readonly gatewayText: string;
  /** Names of their Deployments for commands; null if unknown. */
  readonly controllerName: string | null;
  readonly gatewayName: string | null;
}

/**
 * What the rest of the fleet proves about the two components: another plane's fresh heartbeat has come through the
 * gateway, and if it's of the same kind, its controller has written it. Every text and every remedy asks this, so none
 * suspects what another calls working.
 */
export interface ProvenWork {
  readonly gateway: boolean;
  /** The controller of this plane's kind. */
  readonly controller: boolean;
}

export function provenWork(input: DiagnosisInput, view = controlPlaneView(input)): ProvenWork {
  // An incident takes part of the fleet: the rest proves nothing for this plane. Neither do replicas for one another.
  const isPart = input.row.health.reasons.some(({ code }) => code === 'control-plane-incident');
  if (isPart || isSplit(gatewayShape(input))) return { gateway: false, controller: false };
  return {
    gateway: input.fleet.live > 0 && view.gateway !== 'down',
    controller: input.fleet.liveOfKind > 0 && view.controller !== 'down' && view.gateway !== 'down',
  };
}

const NOTHING: ControlPlaneView = {
  controller: 'unknown',
  gateway: 'unknown',
  controllerText: '',
  gatewayText: '',
  controllerName: null,
  gatewayName: null,
};

/**
 * Returns whether the controller and the gateway run, judged by their Deployments and the controller's lease. Of the
 * gateway it says nothing if the plane doesn't use it.
 */
export function controlPlaneView(input: DiagnosisInput): ControlPlaneView {
  const { related } = input;
  if (related?.value.controlPlane.state !== 'read') return NOTHING;
  const { workloads } = related.value.controlPlane;
  const gateway = usesGateway(input) ? workloads.find(({ role }) => role === 'gateway') : undefined;
  const controller = workloads.find(({ role }) => role === 'controller');
  const lease = leaseView(related.value.controlPlane.lease, related.readAtMs, input);
  return {
    gateway: gateway ? (isUp(gateway) ? 'ready' : 'down') : 'unknown',
    // The lease proves work; a Deployment's readiness only that its probes answer.
    controller: controller && !isUp(controller) ? 'down' : lease.state,
    gatewayText: gateway ? workloadText(gateway, input) : '',
    controllerText: [controller && workloadText(controller, input), lease.text]
      .filter((text) => text !== undefined && text !== '')
      .join(' '),
    controllerName: controller?.name ?? null,
    gatewayName: gateway?.name ?? null,
  };
}

/** Returns how the gateway is deployed, as far as the caller may see it. */
export function gatewayShape({ related }: DiagnosisInput): GatewayShape {
  const controlPlane = related?.value.controlPlane;
  if (!controlPlane) return UNKNOWN_GATEWAY;
  const { workloads, mesh } = controlPlane;
  return {
    replicas: workloads.find(({ role }) => role === 'gateway')?.desiredReplicas ?? null,
    mesh: mesh ?? null,
  };
}

function isUp({ readyReplicas }: Workload): boolean {
  return readyReplicas > 0;
}

function workloadText(workload: Workload, input: DiagnosisInput): string {
  const { name, readyReplicas, desiredReplicas, changedAt } = workload;
  const changedAtMs = parseTimeMs(changedAt ?? undefined);
  const since = changedAtMs === null ? null : formatAge(input.nowMs - changedAtMs);
  if (desiredReplicas === 0 && readyReplicas === 0) return `Deployment ${name} is scaled to zero.`;
  const replicas = `${readyReplicas} of ${desiredReplicas} replicas ready`;
  return isUp(workload) || since === null
    ? `Deployment ${name} has ${replicas}.`
    : `Deployment ${name} has had ${replicas} for ${since}.`;
}

function leaseView(
  lease: RelatedResources['controlPlane']['lease'],
  readAtMs: number,
  input: DiagnosisInput,
): { state: ControlPlaneView['controller']; text: string } {
  const renewedAtMs = parseTimeMs(lease?.renewedAt ?? undefined);
  if (lease === null || renewedAtMs === null) return { state: 'unknown', text: '' };
  const ageMs = readAtMs - renewedAtMs;
  const isRecent = ageMs >= -input.limits.heartbeatSkewMs && ageMs <= LEASE_SILENT_MS;
  const { name, renewals } = lease;
  // The age at the time of reading, so it doesn't grow while a page stays open.
  const age = formatAge(Math.abs(ageMs));
  if (isRecent) return { state: 'runs', text: `Lease ${name} was renewed ${age} before it was read.` };
  if (renewals === 'seen') {
    const off = `${age} ${ageMs > 0 ? 'behind' : 'ahead of'} the API server's clock`;
    return { state: 'runs', text: `Lease ${name} keeps being renewed, by a clock that is ${off}.` };
  }
  if (ageMs < 0)
    return {
      state: 'unknown',
      text: `Lease ${name} has a renewal time in the future. The clocks disagree.`,
    };
  const text = `Lease ${name} was last renewed ${age} before it was read`;
  return renewals === 'none'
    ? { state: 'down', text: `${text}.` }
    : {
        state: 'unknown',
        text: `${text}, by the controller's clock. Planeboard is checking whether it's still renewed.`,
      };
}
