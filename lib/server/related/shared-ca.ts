import 'server-only';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { siblingKey } from '@/lib/plane/model/references';
import type { VisibleFleet } from '@/lib/server/fleet/visible-fleet';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Returns the other planes, visible to the caller, that accept agents of the same CA although they are another cluster:
 * whoever has an agent certificate of one is accepted by the other. Planes on the same planeID share an agent anyway.
 *
 * @param fingerprints of the plane's certificates
 */
export function planesSharingCa(
  plane: Plane,
  fingerprints: readonly string[],
  fleet: Pick<VisibleFleet, 'planes'>,
): ObjectRef[] {
  if (fingerprints.length === 0) return [];
  const { certificates } = getRuntime();
  const own = siblingKey(plane);
  return [...fleet.planes()]
    .filter((other) => other.uid !== plane.uid && (own === null || siblingKey(other) !== own))
    .filter(({ uid }) => certificates.fingerprintsOf(uid).some((one) => fingerprints.includes(one)))
    .map(({ kind, namespace, name }) => ({ kind, ...(namespace === undefined ? {} : { namespace }), name }));
}
