import 'server-only';
import type { PlaneDeletion, PlaneDeletionAnswer } from '@/lib/api/deletion';
import { isJsonObject } from '@/lib/plane/json/json';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { asSentence, capital } from '@/lib/plane/model/text';
import {
  describePlane,
  type LivePlane,
  parseLivePlane,
  planeReference,
  readLivePlane,
} from '@/lib/server/edit/live-plane';
import { refuseManagedPlane } from '@/lib/server/edit/managed-elsewhere';
import { asProblemError, invalidField, ProblemError } from '@/lib/server/http/problem';
import { planesPath } from '@/lib/server/kube/api-paths';
import { asKubeError, isOutcomeUnknown } from '@/lib/server/kube/kube-error';
import { auditedWrite, deleteObject } from '@/lib/server/kube/object-requests';
import type { Caller } from '@/lib/server/rights/caller';
import { deleteCreatedSecrets, findCreatedSecrets } from './created-secrets';

/** Finalizers that nothing blocks are done within a second or two. The caller waits for this answer. */
const GONE_TIMEOUT_MS = 8000;

/**
 * Deletes a plane as the caller, after its name was typed, and with it the Secrets that Planeboard created for it.
 * Exactly the plane that was seen is deleted, never one that took its name since; finalizers are left alone.
 *
 * The Secrets go last: finalizers may need them to clean up in the plane's cluster, so they stay while the plane does.
 *
 * @throws ProblemError `invalid-field`, `conflict`, `managed-elsewhere`, `not-found`; KubeError
 */
export async function deletePlane(
  caller: Caller,
  identity: PlaneIdentity,
  { confirm, uid, deleteSecret = false, evenIfManaged = false }: PlaneDeletion,
): Promise<PlaneDeletionAnswer> {
  const live = await readLivePlane(caller, identity);
  if (confirm !== identity.name) throw invalidField(['confirm'], `Type the plane's name, ${identity.name}.`);
  if (live.uid !== uid) throw recreated(live);
  if (!evenIfManaged) refuseManagedPlane(live, 'delete');
  if (!deleteSecret) {
    const terminating = await deleteLive(caller, live);
    return { outcome: terminating === null ? 'gone' : 'terminating', secret: 'kept' };
  }
  // Found before the plane goes, since it alone says which they are.
  const secrets = await findCreatedSecrets(caller, live);
  const terminating = await deleteLive(caller, live);
  const gone = terminating === null || (await awaitGone(caller, terminating, GONE_TIMEOUT_MS));
  const outcome = gone ? 'gone' : 'terminating';
  return { outcome, ...(await deleteCreatedSecrets(caller, live, secrets, gone)) };
}

/** @returns the plane as it is until its finalizers are done; null: it is gone */
async function deleteLive(caller: Caller, live: LivePlane): Promise<LivePlane | null> {
  const entry = { user: caller.user, verb: 'delete', object: planeReference(live) } as const;
  try {
    const { body } = await auditedWrite(entry, () => deleteObject(caller.client, live.path, live.uid));
    // A Status says that it is gone; the object itself that it waits for its finalizers.
    if (!isJsonObject(body) || body.kind === 'Status') return null;
    const left = parseLivePlane(live.identity, live.kind, body);
    return left.deleting ? left : null;
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'conflict') throw recreated(live);
    const { code } = asProblemError(failure);
    const detail = asSentence(capital(failure.message));
    if (!isOutcomeUnknown(failure)) throw new ProblemError(code, detail);
    throw new ProblemError(code, `${detail} Whether ${describePlane(live)} is being deleted is not known.`);
  }
}

function recreated(live: LivePlane): ProblemError {
  return new ProblemError(
    'conflict',
    `${capital(describePlane(live))} is not the one that you saw: that one was deleted and another made under its name. Nothing was deleted.`,
  );
}

/**
 * Waits until a plane that is being deleted is gone, by a watch of it alone.
 *
 * @param plane as the deletion left it
 * @returns whether it went within the time; false also when it cannot be watched
 */
async function awaitGone(caller: Caller, plane: LivePlane, timeoutMs: number): Promise<boolean> {
  const { identity, uid, resourceVersion } = plane;
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
    for await (const events of stream) if (events.some((event) => isDeletionOf(event, uid))) return true;
    return false;
  } catch {
    // The time is over, or it may not be watched: whatever it was, it was not seen to go.
    return false;
  } finally {
    left.abort();
  }
}

function isDeletionOf(event: unknown, uid: string): boolean {
  if (!isJsonObject(event) || event.type !== 'DELETED' || !isJsonObject(event.object)) return false;
  const { metadata } = event.object;
  return isJsonObject(metadata) && metadata.uid === uid;
}
