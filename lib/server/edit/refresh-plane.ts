import 'server-only';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { kindOfPlural, PLANE_API_VERSION, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { paced } from '@/lib/plane/time/pace';
import { requestServed } from '@/lib/server/catalog/served-kinds';
import { requireShown } from '@/lib/server/fleet/require-shown';
import { objectPath, planesPath } from '@/lib/server/kube/api-paths';
import { auditedWrite } from '@/lib/server/kube/audited-write';
import { patchObject } from '@/lib/server/kube/object-requests';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import { reviewAccess } from '@/lib/server/rights/access-reviews';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** Controllers reconcile within a second of a refresh, so refreshing more often achieves nothing. */
const PAUSE_MS = 3000;

interface Refresh {
  readonly callerId: string;
  readonly atMs: number;
  readonly refreshedAt: Promise<string>;
}

/**
 * Makes a plane's controller reconcile at once instead of within a minute, by an annotation: any change of the
 * metadata triggers it. However many pages request it, a plane is written at most once in 3 s, and all of them get
 * that answer.
 *
 * @param plane checked by `parsePlaneSegments`
 * @returns when it was refreshed, on the API server's clock
 * @throws ProblemError `forbidden` or `not-installed`; KubeError, `bad-answer` when the answer isn't this plane with the
 * annotation
 */
export async function refreshPlane(caller: Caller, plane: PlaneIdentity): Promise<{ refreshedAt: string }> {
  requireShown(plane);
  const refreshes = processSlot('plane-refreshes', () => new Map<string, Refresh>());
  const key = planeKey(plane);
  const nowMs = monotonicMs();
  const last = refreshes.get(key);
  if (last && nowMs - last.atMs < paced(PAUSE_MS) && (await mayShare(last, caller, plane)))
    return { refreshedAt: await last.refreshedAt };
  for (const [other, { atMs }] of refreshes) if (nowMs - atMs >= paced(PAUSE_MS)) refreshes.delete(other);
  const refresh = { callerId: caller.id, atMs: nowMs, refreshedAt: annotatePlane(caller, plane) };
  refreshes.set(key, refresh);
  try {
    return { refreshedAt: await refresh.refreshedAt };
  } catch (error) {
    // The refresh failed, so the next request need not wait.
    if (refreshes.get(key) === refresh) refreshes.delete(key);
    throw error;
  }
}

/** A caller without the right to refresh a plane doesn't get another caller's answer. */
async function mayShare(
  last: Refresh,
  caller: Caller,
  { plural, namespace }: PlaneIdentity,
): Promise<boolean> {
  if (last.callerId === caller.id) return true;
  const question = { verb: 'patch', group: PLANE_GROUP, resource: plural, namespace } as const;
  return (await reviewAccess(caller, question)).state === 'allowed';
}

async function annotatePlane(caller: Caller, plane: PlaneIdentity): Promise<string> {
  const refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
  const kind = kindOfPlural(plane.plural)?.kind ?? plane.plural;
  const { namespace, name } = plane;
  const object = { kind, ...(namespace === undefined ? {} : { namespace }), name };
  const path = objectPath(planesPath(plane), name);
  const place = { apiVersion: PLANE_API_VERSION, kind, namespace, name, path };
  const patch = { metadata: { annotations: { [REFRESHED_AT_ANNOTATION]: refreshedAt } } };
  const changed = [`metadata.annotations.${REFRESHED_AT_ANNOTATION}`];
  await requestServed(caller, plane.plural, () =>
    auditedWrite(caller, { verb: 'patch', object, changed }, (audited) =>
      patchObject(caller.client, place, patch, audited),
    ),
  );
  return refreshedAt;
}
