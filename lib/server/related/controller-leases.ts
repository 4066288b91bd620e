import 'server-only';
import type { ListedKind } from '@/lib/server/kube/listed-kind';
import { z } from '@/lib/zod';

/**
 * The form of the ID of the controller manager's leader election, `43500532.openchoreo.dev` in every release. A Lease of
 * another name may be another component's, and must not prove that the controller runs.
 */
const LEASE_NAME = /^[0-9a-f]{8}\.openchoreo\.dev$/;

const leaseSchema = z.object({
  metadata: z.object({ name: z.string(), uid: z.string().optional() }),
  spec: z.object({ holderIdentity: z.string().nullish(), renewTime: z.string().nullish() }).nullish(),
});

/** A Lease of the controller manager's leader election. */
export interface ControllerLease {
  readonly name: string;
  /** Null while no leader holds it: one that stops on purpose gives it up. */
  readonly holder: string | null;
  /** When the leader last renewed it, by the leader's own clock; null: never. */
  readonly renewedAt: string | null;
}

/** Returns what a list of Leases in the control plane's namespace consists of. */
export function leasesIn(namespace: string): ListedKind {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace };
}

/** Returns the path of the Leases in the control plane's namespace. */
export function leasesPath(namespace: string): string {
  return `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
}

/**
 * Returns the controller manager's Leases among the items of a list. There is one, but an upgraded release may leave
 * its old election behind.
 */
export function controllerLeases(items: readonly unknown[]): ControllerLease[] {
  return items.flatMap((item) => {
    const lease = leaseSchema.safeParse(item).data;
    if (!lease || !LEASE_NAME.test(lease.metadata.name)) return [];
    const { holderIdentity, renewTime } = lease.spec ?? {};
    return [{ name: lease.metadata.name, holder: holderIdentity || null, renewedAt: renewTime || null }];
  });
}
