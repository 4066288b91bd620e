import 'server-only';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { StreamForm } from '@/lib/server/feed/stream-form';
import { readPlane } from '@/lib/server/fleet/read-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Opens a stream of server-sent events with the Kubernetes Events of a plane, read as the caller. They are about the
 * plane that has the name now, not about an earlier one.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws KubeError or ProblemError when the plane can't be read; ProblemError `too-many-readers`
 */
export async function openPlaneEvents(
  caller: Caller,
  identity: PlaneIdentity,
  form?: StreamForm,
): Promise<ReadableStream<Uint8Array>> {
  const { plane } = await readPlane(caller, identity);
  return getRuntime().planeEvents.open(
    caller.client,
    { uid: plane.uid, namespace: identity.namespace },
    caller.sessionEndsAtMs ?? null,
    form,
  );
}
