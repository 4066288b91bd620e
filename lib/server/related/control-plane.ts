import 'server-only';
import type { ControlPlaneState } from '@/lib/plane/related/related-resources';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { listPage } from '@/lib/server/kube/list-pages';
import type { ListedKind } from '@/lib/server/kube/listed-kind';
import type { Caller } from '@/lib/server/rights/caller';
import type { z } from '@/lib/zod';
import { type ControllerLease, controllerLeases, leasesIn, leasesPath } from './controller-leases';
import {
  deploymentSchema,
  deploymentsIn,
  deploymentsPath,
  GATEWAY,
  hasMesh,
  namedOrLabelled,
} from './gateway-objects';
import { leaseRenewals } from './lease-renewals';

const READ_TIMEOUT_MS = 5000;
/** Its name in OpenChoreo's charts, possibly after the name of a Helm release. */
const CONTROLLER = 'controller-manager';

type Workload = ControlPlaneState['workloads'][number];

/**
 * Reads OpenChoreo's own gateway and controller, as far as the caller may. They confirm or refute that an incident is
 * one of the control plane. Never throws: what could not be read is `not-visible`.
 *
 * @param namespace of the control plane; checked, because it comes from the configuration
 * @param clock the API server's, on which the times are returned
 */
export async function readControlPlane(
  caller: Caller,
  namespace: string,
  clock: Pick<ApiServerClock, 'onClockInUse'>,
): Promise<ControlPlaneState> {
  const [deployments, leases, mesh] = await Promise.all([
    items(caller, deploymentsPath(namespace), deploymentsIn(namespace)),
    items(caller, leasesPath(namespace), leasesIn(namespace)),
    hasMesh(caller.client, namespace, READ_TIMEOUT_MS).catch(() => null),
  ]);
  const read = (deployments ?? []).flatMap((item) => deploymentSchema.safeParse(item).data ?? []);
  const workloads = [
    ...workloadsOf('gateway', GATEWAY, read),
    ...workloadsOf('controller', CONTROLLER, read),
  ];
  const lease = newestOf(controllerLeases(leases ?? []));
  return {
    state: stateOf(workloads, lease, deployments !== null),
    workloads: workloads.map((one) => ({ ...one, changedAt: onClockInUse(one.changedAt, clock) })),
    ...(mesh === null ? {} : { mesh }),
    lease: lease && {
      ...lease,
      renewedAt: onClockInUse(lease.renewedAt, clock),
      renewals: leaseRenewals().saw(lease),
    },
  };
}

/** Returns a time of an object, moved if the clock was set since. */
function onClockInUse(time: string | null, clock: Pick<ApiServerClock, 'onClockInUse'>): string | null {
  const atMs = parseTimeMs(time);
  if (atMs === null) return time;
  const movedMs = clock.onClockInUse(atMs);
  return movedMs === atMs ? time : new Date(movedMs).toISOString();
}

/** A Lease alone is enough. Only a caller who may list Deployments can know that none exist. */
function stateOf(
  workloads: readonly Workload[],
  lease: ControllerLease | null,
  mayListDeployments: boolean,
): ControlPlaneState['state'] {
  if (workloads.length > 0 || lease) return 'read';
  return mayListDeployments ? 'not-found' : 'not-visible';
}

/** Returns the items of a list; null when the caller may not list them, or the list failed. */
async function items(caller: Caller, path: string, listed: ListedKind): Promise<readonly unknown[] | null> {
  try {
    const options = { timeoutMs: READ_TIMEOUT_MS };
    return (await listPage(caller.client, path, listed, undefined, options)).items;
  } catch (error) {
    // A missing API or namespace is an answer.
    return asKubeError(error).code === 'not-found' ? [] : null;
  }
}

type Deployment = z.infer<typeof deploymentSchema>;

function workloadsOf(role: Workload['role'], mark: string, deployments: readonly Deployment[]): Workload[] {
  return namedOrLabelled(deployments, mark).map((deployment) => workload(role, deployment));
}

function workload(role: Workload['role'], { metadata, spec, status }: Deployment): Workload {
  const available = status?.conditions?.find(({ type }) => type === 'Available');
  return {
    name: metadata.name,
    role,
    readyReplicas: status?.readyReplicas ?? 0,
    // The API server's own default.
    desiredReplicas: spec.replicas ?? 1,
    changedAt: available?.lastTransitionTime ?? null,
  };
}

function newestOf(leases: readonly ControllerLease[]): ControllerLease | null {
  const [newest = null] = leases.toSorted((a, b) => renewedAtMs(b) - renewedAtMs(a));
  return newest;
}

function renewedAtMs({ renewedAt }: ControllerLease): number {
  return parseTimeMs(renewedAt) ?? 0;
}
