import 'server-only';
import type { RegistrationWarning } from '@/lib/api/registration';
import type { FieldPath } from '@/lib/plane/history/traced-fields';
import { valueAt } from '@/lib/plane/json/json-path';
import { REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { type LiveObject, parseLiveObject } from '@/lib/server/kube/live-object';
import { createObject, readObject } from '@/lib/server/kube/object-requests';
import type { Caller } from '@/lib/server/rights/caller';
import {
  alreadyExists,
  combineProblems,
  type ObjectProblem,
  objectProblemError,
  rejectedCreate,
  writtenDifferently,
} from './object-problem';
import {
  fieldsNotAsPlanned,
  hasPlannedValues,
  isAsPlanned,
  isOfRegistration,
  type PlannedObject,
  placeOf,
  type RegistrationPlan,
} from './registration-plan';

/** What admission does to an object that is created. */
export interface Creation {
  /** The fields that it changes or drops. */
  readonly notStored: readonly FieldPath[];
  /** Whether the object says that this registration created it: a policy may remove annotations. */
  readonly keepsMark: boolean;
}

/** Of an object that the dry run couldn't create, because another one was there. */
const UNKNOWN_CREATION: Creation = { notStored: [], keepsMark: false };

/** What to do for one object. */
export type Step =
  | {
      readonly action: 'create';
      readonly planned: PlannedObject;
      /** What admission would change or drop. */
      readonly creation: Creation;
    }
  /** This registration has already written it, with the same values. */
  | { readonly action: 'adopt'; readonly planned: PlannedObject; readonly live: LiveObject }
  /** This registration has already written it, with other values, for a plane that was never created. */
  | { readonly action: 'replace'; readonly planned: PlannedObject; readonly live: LiveObject };

/** The steps that write a registration: Secrets first, the plane last. */
export interface DryRunResult {
  readonly steps: readonly Step[];
  readonly warnings: readonly RegistrationWarning[];
}

/** Errors that say nothing about the object, because the API server didn't judge it. */
const NOT_JUDGED: ReadonlySet<KubeErrorCode> = new Set([
  'unreachable',
  'timeout',
  'credential',
  'unauthorized',
  'rate-limited',
  'server-error',
  'bad-answer',
  'internal',
]);

/**
 * Has the API server check every object as if it were created, and finds the existing ones. Nothing is written.
 *
 * @throws ProblemError with all problems of all objects; KubeError when the API server can't be reached, or doesn't
 * know the caller
 */
export async function dryRunPlan(caller: Caller, plan: RegistrationPlan): Promise<DryRunResult> {
  const objects = [...plan.secrets, plan.plane];
  const problems: ObjectProblem[] = [];
  const warnings = new Set<string>();
  const live = new Map<PlannedObject, LiveObject>();
  const creations = new Map<PlannedObject, Creation>();
  for (const planned of objects) {
    const result = await dryRunObject(caller, planned, plan);
    if ('problem' in result) problems.push(result.problem);
    if ('live' in result) live.set(planned, result.live);
    if ('warnings' in result) {
      for (const warning of result.warnings) warnings.add(warning);
      creations.set(planned, result.creation);
    }
  }
  const steps: Step[] = [];
  for (const planned of objects) {
    const step = stepFor(planned, { live, creations }, plan);
    if ('action' in step) steps.push(step);
    else problems.push(step);
  }
  if (problems.length > 0) throw objectProblemError(combineProblems(problems));
  return { steps, warnings: [...warnings].map((text) => ({ path: [], message: plan.hideSecrets(text) })) };
}

type ObjectResult =
  | { readonly warnings: readonly string[]; readonly creation: Creation }
  | { readonly live: LiveObject }
  | { readonly problem: ObjectProblem };

async function dryRunObject(
  caller: Caller,
  planned: PlannedObject,
  plan: RegistrationPlan,
): Promise<ObjectResult> {
  const { collection, manifest } = planned;
  try {
    const { object, warnings } = await createObject(caller.client, collection, manifest, 'dry-run');
    const mark = valueAt(object, ['metadata', 'annotations', REGISTRATION_ANNOTATION]);
    return {
      warnings,
      creation: { notStored: fieldsNotAsPlanned(object, planned), keepsMark: mark === plan.draft.id },
    };
  } catch (error) {
    const failure = asKubeError(error);
    if (NOT_JUDGED.has(failure.code)) throw failure;
    if (failure.code !== 'already-exists') return { problem: rejectedCreate(planned, failure, plan) };
    return readExisting(caller, planned);
  }
}

async function readExisting(caller: Caller, planned: PlannedObject): Promise<ObjectResult> {
  try {
    const body = await readObject(caller.client, planned.path);
    // Deleted between the two requests, so it can be created.
    return body === null
      ? { warnings: [], creation: UNKNOWN_CREATION }
      : { live: parseLiveObject(body, placeOf(planned)) };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'forbidden') throw failure;
    return { problem: alreadyExists(planned, null) };
  }
}

/**
 * Returns the step for one object, given the existing objects. Objects of others are left alone, and so is a plane of
 * this registration with other values. Only a Secret of this registration may be replaced, and only while no plane
 * uses it. A Secret with the planned values needs no mark once its plane was created by this registration.
 */
function stepFor(
  planned: PlannedObject,
  {
    live,
    creations,
  }: {
    readonly live: ReadonlyMap<PlannedObject, LiveObject>;
    readonly creations: ReadonlyMap<PlannedObject, Creation>;
  },
  { plane, draft }: RegistrationPlan,
): Step | ObjectProblem {
  const found = live.get(planned);
  if (!found) return { action: 'create', planned, creation: creations.get(planned) ?? UNKNOWN_CREATION };
  const livePlane = live.get(plane);
  const isRegistered = livePlane && isOfRegistration(livePlane, draft.id) && isAsPlanned(livePlane, plane);
  if (isRegistered && hasPlannedValues(found, planned)) return { action: 'adopt', planned, live: found };
  if (!isOfRegistration(found, draft.id) || found.metadata.deletionTimestamp !== undefined)
    return alreadyExists(planned, found);
  if (isAsPlanned(found, planned)) return { action: 'adopt', planned, live: found };
  if (planned.type === 'secret' && !livePlane) return { action: 'replace', planned, live: found };
  return writtenDifferently(planned, livePlane ?? found);
}
