import 'server-only';
import type { PlaneDeletion, PlaneDeletionAnswer } from '@/lib/api/deletion';
import { isJsonObject } from '@/lib/plane/json/json';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { invalid } from '@/lib/server/credentials/new-material';
import {
  type LivePlane,
  livePlaneOf,
  planeReference,
  planeWords,
  readLivePlane,
} from '@/lib/server/edit/live-plane';
import { refuseManagedPlane } from '@/lib/server/edit/managed-elsewhere';
import { isLost } from '@/lib/server/edit/refused-change';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { secretWords } from '@/lib/server/kube/live-secret';
import { capital, sentence } from '@/lib/server/kube/object-problem';
import { audit } from '@/lib/server/process/audit';
import type { Caller } from '@/lib/server/rights/caller';
import { awaitGone } from './await-gone';
import { type CreatedSecret, createdSecrets, otherUserOf } from './created-secrets';

const DELETE_TIMEOUT_MS = 10_000;
/** Finalizers that nothing blocks are done within a second or two. Whoever deletes waits for this answer. */
const GONE_TIMEOUT_MS = 8000;

/**
 * Deletes a plane as the caller, after its name was typed, and with it the Secrets that Planeboard made for it. Exactly
 * the plane that was seen is deleted, never one that took its name since; finalizers are left to whoever set them.
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
  if (confirm !== identity.name) throw invalid(['confirm'], `Type the plane's name, ${identity.name}.`);
  if (live.uid !== uid) throw recreated(live);
  if (!evenIfManaged) refuseManagedPlane(live, 'delete');
  const secrets = deleteSecret ? await findSecrets(caller, live) : { made: [] };
  const terminating = await deleteLive(caller, live);
  const gone =
    terminating === null || (deleteSecret && (await awaitGone(caller, terminating, GONE_TIMEOUT_MS)));
  const outcome = gone ? 'gone' : 'terminating';
  if (!deleteSecret) return { outcome, secret: 'kept' };
  if ('problem' in secrets) return { outcome, secret: 'failed', secretProblem: secrets.problem };
  return { outcome, ...(await deleteSecrets(caller, live, secrets.made, gone)) };
}

/** @returns the plane as it is until its finalizers are done; null: it is gone */
async function deleteLive(caller: Caller, live: LivePlane): Promise<LivePlane | null> {
  const tell = (outcome: string) =>
    audit({ user: caller.user, verb: 'delete', object: planeReference(live), outcome });
  try {
    const { body } = await caller.client.request({
      method: 'DELETE',
      path: live.path,
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: { uid: live.uid },
      },
      timeoutMs: DELETE_TIMEOUT_MS,
    });
    tell('done');
    // A Status says that it is gone; the object itself that it waits for its finalizers.
    if (!isJsonObject(body) || body.kind === 'Status') return null;
    const left = livePlaneOf(live.identity, live.kind, body);
    return left.deleting ? left : null;
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    if (failure.code === 'conflict') throw recreated(live);
    const { code } = asProblemError(failure);
    const detail = sentence(failure.message);
    if (!isLost(failure)) throw new ProblemError(code, detail);
    throw new ProblemError(code, `${detail} Whether ${planeWords(live)} is being deleted is not known.`);
  }
}

function recreated(live: LivePlane): ProblemError {
  return new ProblemError(
    'conflict',
    `${capital(planeWords(live))} is not the one that you saw: that one was deleted and another made under its name. Nothing was deleted.`,
  );
}

type FoundSecrets = { readonly made: readonly CreatedSecret[] } | { readonly problem: string };

/** Looked for before the plane goes, since it alone says which they are. */
async function findSecrets(caller: Caller, live: LivePlane): Promise<FoundSecrets> {
  try {
    return { made: await createdSecrets(caller, live) };
  } catch (error) {
    return {
      problem: `Which Secrets were made for this plane cannot be told. ${sentence(asKubeError(error).message)}`,
    };
  }
}

type SecretOutcome = Pick<PlaneDeletionAnswer, 'secret' | 'secretProblem'>;

async function deleteSecrets(
  caller: Caller,
  live: LivePlane,
  made: readonly CreatedSecret[],
  gone: boolean,
): Promise<SecretOutcome> {
  if (made.length === 0)
    return {
      secret: 'kept',
      secretProblem: 'Planeboard made no Secret for this plane, so none was deleted.',
    };
  if (!gone) {
    const commands = made.map(({ namespace, name }) => `kubectl delete secret ${name} -n ${namespace}`);
    return {
      secret: 'kept',
      secretProblem: `The plane is still being deleted and may need its Secret until it is gone. Then delete it with: ${commands.join(' && ')}`,
    };
  }
  const outcomes: ('deleted' | 'kept' | 'failed')[] = [];
  const problems: string[] = [];
  for (const secret of made) {
    const { outcome, problem } = await deleteMade(caller, live, secret);
    outcomes.push(outcome);
    if (problem !== null) problems.push(problem);
  }
  const secret = outcomes.includes('failed') ? 'failed' : outcomes.includes('kept') ? 'kept' : 'deleted';
  return { secret, ...(problems.length > 0 ? { secretProblem: problems.join(' ') } : {}) };
}

async function deleteMade(
  caller: Caller,
  live: LivePlane,
  secret: CreatedSecret,
): Promise<{ readonly outcome: 'deleted' | 'kept' | 'failed'; readonly problem: string | null }> {
  const { namespace, name, path, uid } = secret;
  const what = capital(secretWords(secret));
  const tell = (outcome: string) =>
    audit({ user: caller.user, verb: 'delete', object: { kind: 'Secret', namespace, name }, outcome });
  try {
    const user = await otherUserOf(caller, secret, live.uid);
    if (user !== null)
      return { outcome: 'kept', problem: `${what} is used by ${user} as well, so it stays.` };
  } catch (error) {
    const why = sentence(asKubeError(error).message);
    return {
      outcome: 'kept',
      problem: `${what} stays, as it cannot be told whether other planes use it. ${why}`,
    };
  }
  try {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } };
    await caller.client.request({ method: 'DELETE', path, body, timeoutMs: DELETE_TIMEOUT_MS });
    tell('done');
    return { outcome: 'deleted', problem: null };
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    if (failure.code === 'not-found') return { outcome: 'deleted', problem: null };
    return { outcome: 'failed', problem: `${what} could not be deleted. ${sentence(failure.message)}` };
  }
}
