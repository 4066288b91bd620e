import 'server-only';
import type { PlaneIdentity } from '@/lib/plane/plane-path';
import type { Caller } from '../caller';
import { readPlane } from '../read-plane';
import { getRuntime } from '../runtime';

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
