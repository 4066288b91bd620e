import 'server-only';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { readObject, tryToCreate } from '@/lib/server/kube/kube-writes';
import { holdsPlanned, isOfRegistration, type LiveObject } from '@/lib/server/kube/live-object';
import { type ObjectProblem, refusedBy, takenBy, writtenOtherwise } from '@/lib/server/kube/object-problem';
import type { Caller } from '@/lib/server/rights/caller';
import type { Plan, PlannedObject } from './planned-object';

/** What is to be done for one object. */
export type Step =
  | { readonly action: 'create'; readonly planned: PlannedObject }
  /** This registration wrote it before, just so. */
  | { readonly action: 'adopt'; readonly planned: PlannedObject; readonly live: LiveObject }
  /** This registration wrote it before, with other values, for a plane that was never made. */
  | { readonly action: 'replace'; readonly planned: PlannedObject; readonly live: LiveObject };

/** The steps that write a registration, Secrets first, the plane last; or all that speaks against it. */
export type DryRun =
  | { readonly steps: readonly Step[]; readonly warnings: readonly string[] }
  | { readonly problems: readonly ObjectProblem[] };

/** Failures that say nothing about the object: the question could not be asked. */
const NO_ANSWER: ReadonlySet<KubeErrorCode> = new Set([
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
 * Has the API server check every object as if it were created, and finds out which are there already. Nothing is
 * written, and all problems of all objects are told at once.
 *
 * @throws KubeError when the API server cannot be asked, or does not know the caller
 */
export async function dryRun(caller: Caller, plan: Plan): Promise<DryRun> {
  const objects = [...plan.secrets, plan.plane];
  const problems: ObjectProblem[] = [];
  const warnings = new Set<string>();
  const live = new Map<PlannedObject, LiveObject>();
  for (const planned of objects) {
    const found = await tryOut(caller, planned, plan);
    if ('problem' in found) problems.push(found.problem);
    if ('live' in found) live.set(planned, found.live);
    if ('warnings' in found) for (const warning of found.warnings) warnings.add(warning);
  }
  const steps = objects.map((planned) => stepFor(planned, live, plan));
  for (const step of steps) if ('code' in step) problems.push(step);
  if (problems.length > 0) return { problems };
  return { steps: steps.filter((step): step is Step => 'action' in step), warnings: [...warnings] };
}

type Found =
  | { readonly warnings: readonly string[] }
  | { readonly live: LiveObject }
  | { readonly problem: ObjectProblem };

async function tryOut(caller: Caller, planned: PlannedObject, plan: Plan): Promise<Found> {
  try {
    return { warnings: await tryToCreate(caller, planned) };
  } catch (error) {
    const failure = asKubeError(error);
    if (NO_ANSWER.has(failure.code)) throw failure;
    if (failure.code !== 'already-exists') return { problem: refusedBy(planned, failure, plan) };
    return existing(caller, planned);
  }
}

async function existing(caller: Caller, planned: PlannedObject): Promise<Found> {
  try {
    const live = await readObject(caller, planned);
    // Deleted between the two questions: then it can be created.
    return live ? { live } : { warnings: [] };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'forbidden') throw failure;
    return { problem: takenBy(planned, null) };
  }
}

/**
 * What to do about one object, given what is there. What others made is left alone; so is a plane of this very
 * registration with other values. Only a Secret of it may be written anew, and only while no plane uses it.
 */
export function stepFor(
  planned: PlannedObject,
  live: ReadonlyMap<PlannedObject, LiveObject>,
  { plane, draft }: Pick<Plan, 'plane' | 'draft'>,
): Step | ObjectProblem {
  const found = live.get(planned);
  if (!found) return { action: 'create', planned };
  if (!isOfRegistration(found, draft.id) || found.metadata.deletionTimestamp !== undefined)
    return takenBy(planned, found);
  if (holdsPlanned(found, planned)) return { action: 'adopt', planned, live: found };
  if (planned.type === 'secret' && !live.has(plane)) return { action: 'replace', planned, live: found };
  return writtenOtherwise(planned, live.get(plane) ?? found);
}
