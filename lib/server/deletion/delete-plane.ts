import 'server-only';
import type { PlaneDeletion, PlaneDeletionAnswer } from '@/lib/api/deletion';
import { isJsonObject } from '@/lib/plane/json/json';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { asSentence, capital } from '@/lib/plane/model/text';
import {
  describePlane,
  type LivePlane,
  livePlaneObject,
  parseLivePlane,
  planeReference,
  readLivePlane,
} from '@/lib/server/edit/live-plane';
import { refuseManagedPlane } from '@/lib/server/edit/managed-elsewhere';
import { asProblemError, invalidField, ProblemError } from '@/lib/server/http/problem';
import { planesPath } from '@/lib/server/kube/api-paths';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError, isOutcomeUnknown } from '@/lib/server/kube/kube-error';
import { isOfKind } from '@/lib/server/kube/listed-kind';
import { readObject } from '@/lib/server/kube/object-requests';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { deleteCreatedSecrets, findCreatedSecrets } from './created-secrets';

/** Unblocked finalizers finish within a second or two, and the caller waits for this answer. */
const GONE_TIMEOUT_MS = 8000;

/**
 * Deletes a plane as the caller, after its name was typed, and on request the Secrets that Planeboard created for it.
 * Deletes exactly the plane that the caller saw, never one recreated under its name. Finalizers are left alone.
 *
 * Secrets are deleted last, and only once the plane is deleted: its finalizers may need them to clean up in its cluster.
 *
 * @throws ProblemError `invalid-field`, `conflict`, `managed-elsewhere`, `not-found`; KubeError
 */
export async function deletePlane(
  caller: Caller,
  identity: PlaneIdentity,
  { confirm, uid, deleteSecret = false, evenIfManaged = false }: PlaneDeletion,
): Promise<PlaneDeletionAnswer> {
  const live = await readLivePlane(caller, identity);
  if (confirm !== identity.name)
    throw invalidField(['confirm'], `Type the plane's name to confirm: ${identity.name}.`);
  if (live.uid !== uid) throw recreated(live);
  if (!evenIfManaged) refuseManagedPlane(live, 'delete');
  if (!deleteSecret) {
    const terminating = await deleteLive(caller, live);
    return { outcome: terminating === null ? 'gone' : 'terminating', secret: 'kept' };
  }
  // Found before the deletion, because only the plane says which Secrets these are.
  const secrets = await findCreatedSecrets(caller, live);
  const terminating = await deleteLive(caller, live);
  const isOver = terminating === null || (await awaitGone(caller, terminating, GONE_TIMEOUT_MS));
  const gone = isOver && (await isProvenGone(caller, live));
  const outcome = gone ? 'gone' : 'terminating';
  return { outcome, ...(await deleteCreatedSecrets(caller, live, secrets, gone)) };
}

/** Deletes a plane. Returns it while it waits for its finalizers; null when it is deleted. */
async function deleteLive(caller: Caller, live: LivePlane): Promise<LivePlane | null> {
  try {
    const left = await deleteAudited(caller, { object: planeReference(live) }, livePlaneObject(live));
    const { history, clock } = getRuntime();
    const plane = { ...live.identity, uid: live.uid };
    history.actedHere('deletion-requested', plane, caller.user, clock.nowMs());
    return left && parseLivePlane(live.identity, live.kind, left);
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'conflict') throw recreated(live);
    const { code } = asProblemError(failure);
    const detail = asSentence(capital(failure.message));
    if (!isOutcomeUnknown(failure)) throw new ProblemError(code, detail);
    throw new ProblemError(
      code,
      `Outcome unknown: the deletion of ${describePlane(live)} may have started. ${detail}`,
    );
  }
}

function recreated(live: LivePlane): ProblemError {
  return new ProblemError(
    'conflict',
    `${capital(describePlane(live))} was replaced by a new plane with the same name since you opened it. Nothing was deleted.`,
  );
}

/**
 * Watches a plane that is being deleted until it no longer exists.
 *
 * @param plane as the deletion left it
 * @returns whether it was deleted within the time; false also when it can't be watched
 */
async function awaitGone(caller: Caller, plane: LivePlane, timeoutMs: number): Promise<boolean> {
  const { identity, resourceVersion } = plane;
  const end = AbortSignal.timeout(timeoutMs);
  const left = new AbortController();
  const stream = caller.client.stream(
    {
      path: planesPath(identity),
      query: {
        watch: '1',
        fieldSelector: `metadata.name=${identity.name}`,
        resourceVersion,
        timeoutSeconds: String(Math.ceil(timeoutMs / 1000)),
      },
      signal: AbortSignal.any([end, left.signal]),
    },
    () => {},
  );
  try {
    for await (const events of stream) if (events.some((event) => isDeletionOf(event, plane))) return true;
    return false;
  } catch {
    // The time is over, or the watch is forbidden: the plane was not seen to go.
    return false;
  } finally {
    left.abort();
  }
}

/**
 * Returns whether the API server says that a plane doesn't exist. A plane without its Secrets is worse than Secrets
 * without a plane, so the answer to the deletion alone isn't enough to delete them.
 */
async function isProvenGone({ client }: Caller, live: LivePlane): Promise<boolean> {
  const { kind, identity, path, uid } = live;
  try {
    const body = await readObject(client, path);
    return body === null || parseLivePlane(identity, kind, body).uid !== uid;
  } catch {
    return false;
  }
}

function isDeletionOf(event: unknown, { kind, uid }: LivePlane): boolean {
  if (!isJsonObject(event) || event.type !== 'DELETED' || !isJsonObject(event.object)) return false;
  const { metadata } = event.object;
  const ofKind = isOfKind(event.object, { apiVersion: PLANE_API_VERSION, kind: kind.entry.kind });
  return ofKind && isJsonObject(metadata) && metadata.uid === uid;
}
