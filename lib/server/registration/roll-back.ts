import 'server-only';
import type { RegistrationRemains } from '@/lib/api/registration';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { refersToSecret } from '@/lib/plane/model/secret-references';
import { asSentence, capital } from '@/lib/plane/model/text';
import type { ProblemError } from '@/lib/server/http/problem';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { type LiveObject, parseLiveObject } from '@/lib/server/kube/live-object';
import { readObject } from '@/lib/server/kube/object-requests';
import type { Caller } from '@/lib/server/rights/caller';
import { objectProblemError } from './object-problem';
import { isOfRegistration, placeOf, type RegistrationPlan } from './registration-plan';
import type { FailedStep, WrittenObject } from './write-steps';

/**
 * Removes what this registration has written, now or in an earlier attempt, and no plane uses. Never throws.
 *
 * @returns the problem to answer: what failed, what was removed, what is left and why, and what is unknown
 */
export async function rollBack(
  caller: Caller,
  plan: RegistrationPlan,
  written: readonly WrittenObject[],
  failed: FailedStep,
): Promise<ProblemError> {
  const remains = await removeWritten(caller, plan, written, failed);
  const unsure = failed.unsure ? [failed.planned.reference] : [];
  const { removed, left } = remains;
  const isMarked = written.every(({ planned, keepsMark }) => keepsMark || !left.includes(planned.reference));
  const detail = failureText(failed, remains, isMarked && (failed.keepsMark || !failed.unsure));
  return objectProblemError({ ...failed.problem, detail }, { removed, left, unsure });
}

interface Remains extends Omit<RegistrationRemains, 'unsure'> {
  /** Why not everything was removed, to follow "because"; null when everything was. */
  readonly leftBecause: string | null;
}

/**
 * First makes sure that the plane doesn't exist. Until that is known its Secrets stay, because a plane without them
 * is worse than Secrets without a plane.
 */
async function removeWritten(
  caller: Caller,
  plan: RegistrationPlan,
  written: readonly WrittenObject[],
  failed: FailedStep,
): Promise<Remains> {
  if (written.length === 0) return { removed: [], left: [], leftBecause: null };
  const leaveAll = (leftBecause: string): Remains => ({
    removed: [],
    left: written.map(({ planned }) => planned.reference),
    leftBecause,
  });
  if (failed.unsure && failed.planned.type === 'plane')
    return leaveAll('the plane may exist and need its Secrets');
  let namesake: LiveObject | null;
  try {
    const body = await readObject(caller.client, plan.plane.path);
    namesake = body === null ? null : parseLiveObject(body, placeOf(plan.plane));
  } catch (error) {
    const why = asSentence(capital(plan.hideSecrets(asKubeError(error).message)));
    return leaveAll(`Planeboard couldn't check whether the plane exists. ${why}`);
  }
  if (namesake && isOfRegistration(namesake, plan.draft.id))
    return leaveAll('the plane exists and needs its Secrets');

  const removed: ObjectRef[] = [];
  const left: ObjectRef[] = [];
  let leftBecause: string | null = null;
  // In reverse order: later objects may depend on earlier ones.
  for (const object of [...written].reverse()) {
    const { planned } = object;
    const { reference } = planned;
    const why =
      planned.type === 'secret' && refersToSecret(namesake, planned.manifest.metadata)
        ? 'another plane with this name uses it'
        : await remove(caller, plan, object);
    if (why === null) removed.push(reference);
    else {
      left.push(reference);
      leftBecause ??= why;
    }
  }
  return { removed, left, leftBecause };
}

/** @returns why it could not be removed, to follow "because"; null: it was deleted */
async function remove(
  caller: Caller,
  plan: RegistrationPlan,
  { planned, uid }: WrittenObject,
): Promise<string | null> {
  try {
    const change = { object: planned.reference, registration: plan.draft.id };
    await deleteAudited(caller, change, { ...placeOf(planned), uid });
    return null;
  } catch (error) {
    return `deleting it failed. ${asSentence(capital(plan.hideSecrets(asKubeError(error).message)))}`;
  }
}

/**
 * Returns what happened, what is left and why, and what to do.
 *
 * @param isMarked whether a retry recognizes everything that may be left
 */
function failureText(failed: FailedStep, remains: Remains, isMarked: boolean): string {
  const { problem, planned, unsure } = failed;
  const { removed, left, leftBecause } = remains;
  const sentences = ["The plane wasn't registered.", problem.detail];
  if (unsure) sentences[0] = "Outcome unknown: the registration didn't finish.";
  if (unsure && !exists(failed))
    sentences.push(
      `${capital(planned.description)} may exist anyway, because the API server didn't confirm what happened.`,
    );
  if (removed.length > 0) {
    sentences.push(`${capital(listText(removed))} ${wasOrWere(removed)} created and removed again.`);
  }
  if (left.length > 0) {
    const why = leftBecause === null ? '' : `, because ${leftBecause}`;
    const exist = left.length > 1 ? 'exist' : 'exists';
    sentences.push(
      asSentence(`${capital(listText(left))} ${wasOrWere(left)} created and still ${exist}${why}`),
    );
  }
  sentences.push(...advice(failed, left, isMarked));
  return sentences.join(' ');
}

function advice(failed: FailedStep, left: readonly ObjectRef[], isMarked: boolean): string[] {
  if (left.length === 0 && !failed.unsure) return ['Nothing was left behind.'];
  // The problem says what to do.
  if (failed.unsure && exists(failed)) return [];
  return [
    isMarked
      ? 'Retry the same registration. It continues where it stopped and creates no second plane.'
      : "A policy or webhook removes Planeboard's annotations from new objects, so a retry can't recognize them. Check what exists before you retry.",
  ];
}

/** Returns whether the object is known to exist, although it isn't known who created it. */
function exists({ problem }: FailedStep): boolean {
  return problem.code === 'already-exists';
}

function listText(objects: readonly ObjectRef[]): string {
  return objects
    .map(
      ({ kind, namespace, name }) => `the ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    )
    .join(' and ');
}

function wasOrWere(objects: readonly ObjectRef[]): string {
  return objects.length > 1 ? 'were' : 'was';
}
