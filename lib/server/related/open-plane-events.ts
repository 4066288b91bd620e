import 'server-only';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { readPlane } from '@/lib/server/fleet/read-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * The Kubernetes Events of a plane as a stream of server-sent events, read as the caller: of the plane that bears the
 * name now, not of one that bore it before.
 *
 * @param identity checked by `parsePlaneSegments`: its parts become an API path
 * @throws a KubeError or ProblemError when the plane cannot be read
 */
export async function openPlaneEvents(
  caller: Caller,
  identity: PlaneIdentity,
): Promise<ReadableStream<Uint8Array>> {
  const { plane } = await readPlane(caller, identity);
  return getRuntime().planeEvents.open(caller.client, { uid: plane.uid, namespace: identity.namespace });
}
