import 'server-only';
import { FIELD_MANAGER, REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { objectPath, planesPath } from '@/lib/server/kube/api-paths';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { audit } from '@/lib/server/process/audit';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import { reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** Controllers look again within a second of a touch, so touching more often brings nothing. */
const PAUSE_MS = 3000;
const TOUCH_TIMEOUT_MS = 10_000;

interface Touch {
  readonly callerId: string;
  readonly atMs: number;
  readonly refreshedAt: Promise<string>;
}

/**
 * Touches a plane, so that its controller asks the gateway at once instead of within a minute: any change of the
 * metadata does. However many pages ask for it, a plane is touched once in 3 s, and the others get the last answer.
 *
 * @param plane checked by `parsePlaneSegments`
 * @returns when it was touched, on the API server's clock
 * @throws KubeError
 */
export async function refreshPlane(caller: Caller, plane: PlaneIdentity): Promise<{ refreshedAt: string }> {
  const touches = processSlot('plane-touches', () => new Map<string, Touch>());
  const key = planeKey(plane);
  const nowMs = monotonicMs();
  const last = touches.get(key);
  if (last && nowMs - last.atMs < PAUSE_MS && (await maySeeTouchOf(last, caller, plane)))
    return { refreshedAt: await last.refreshedAt };
  for (const [other, { atMs }] of touches) if (nowMs - atMs >= PAUSE_MS) touches.delete(other);
  const touch = { callerId: caller.id, atMs: nowMs, refreshedAt: touchPlane(caller, plane) };
  touches.set(key, touch);
  try {
    return { refreshedAt: await touch.refreshedAt };
  } catch (error) {
    // It was not touched, so nobody has to wait.
    if (touches.get(key) === touch) touches.delete(key);
    throw error;
  }
}

/** Nobody is told that a plane was touched for them who could not touch it. */
async function maySeeTouchOf(
  last: Touch,
  caller: Caller,
  { plural, namespace }: PlaneIdentity,
): Promise<boolean> {
  if (last.callerId === caller.id) return true;
  const question = { verb: 'patch', group: PLANE_GROUP, resource: plural, namespace } as const;
  return (await reviewAccess(caller, question)).state === 'allowed';
}

async function touchPlane(caller: Caller, plane: PlaneIdentity): Promise<string> {
  const refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
  const kind = kindOfPlural(plane.plural)?.kind ?? plane.plural;
  const { namespace, name } = plane;
  const object = { kind, ...(namespace === undefined ? {} : { namespace }), name };
  const tell = (outcome: string) => audit({ user: caller.user, verb: 'patch', object, outcome });
  try {
    await caller.client.request({
      method: 'PATCH',
      path: objectPath(planesPath(plane), name),
      query: { fieldManager: FIELD_MANAGER },
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations: { [REFRESHED_AT_ANNOTATION]: refreshedAt } } },
      timeoutMs: TOUCH_TIMEOUT_MS,
    });
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    throw failure;
  }
  tell('done');
  return refreshedAt;
}
