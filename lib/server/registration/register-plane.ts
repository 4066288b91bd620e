import 'server-only';
import type { RegistrationAnswer, RegistrationWarning } from '@/lib/api/registration';
import type { Draft } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { installedKind } from '@/lib/server/catalog/served-kinds';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { checkRegistration } from './check-registration';
import { dryRunPlan, type Step } from './dry-run';
import { hideDraftSecrets, planRegistration, type RegistrationPlan } from './registration-plan';
import { rollBack } from './roll-back';
import { type WrittenObject, writeSteps } from './write-steps';

/**
 * Registers a plane as the caller, in five steps: check the draft and the credentials it names, plan the objects,
 * have the API server dry-run them, write the Secrets and then the plane, and on failure remove what was written.
 *
 * Sent twice, it creates one plane: objects that this registration (its id) wrote before are adopted. Objects of
 * others are never changed.
 *
 * @param dryRun does everything but the writing
 * @throws ProblemError with the fields concerned and, after a failed write, what is left of it; KubeError when the
 * API server can't be reached
 */
export async function registerPlane(
  caller: Caller,
  draft: Draft,
  dryRun: boolean,
): Promise<RegistrationAnswer> {
  const kind = installedKind(draft.plural);
  try {
    if (dryRun) return await check(caller, draft, kind);
    return await oneAtATime(draft.id, () => write(caller, draft, kind));
  } catch (error) {
    throw withoutSecrets(error, hideDraftSecrets(draft, kind));
  }
}

async function check(caller: Caller, draft: Draft, kind: InstalledKind): Promise<RegistrationAnswer> {
  const { steps, warnings } = await prepare(caller, draft, kind);
  const objects = steps.map((step) => ({
    ...step.planned.reference,
    ...(step.action === 'create'
      ? { outcome: 'would-create' as const, notStored: pathsOf(step.creation) }
      : { outcome: 'adopted' as const, notStored: [] }),
  }));
  return { outcome: 'checked', plane: planeReference(draft), objects, warnings };
}

async function write(caller: Caller, draft: Draft, kind: InstalledKind): Promise<RegistrationAnswer> {
  const { plan, steps, warnings } = await prepare(caller, draft, kind);
  const { written, failed } = await writeSteps(caller, plan, steps);
  if (failed) throw await rollBack(caller, plan, written, failed);
  const plane = written.find(({ planned }) => planned.type === 'plane');
  if (plane?.outcome === 'created') {
    const { history, clock } = getRuntime();
    const registered = { ...planeReference(draft), uid: plane.uid };
    history.actedHere('registered', registered, caller.user, clock.nowMs());
  }
  return {
    outcome: plane?.outcome ?? 'created',
    plane: { ...planeReference(draft), ...(plane ? { uid: plane.uid } : {}) },
    objects: written.map((object) => ({
      ...object.planned.reference,
      outcome: object.outcome,
      notStored: pathsOf(object),
    })),
    warnings,
  };
}

function pathsOf({ notStored }: Pick<WrittenObject, 'notStored'>): string[][] {
  return notStored.map((path) => [...path]);
}

interface Prepared {
  readonly plan: RegistrationPlan;
  readonly steps: readonly Step[];
  readonly warnings: RegistrationWarning[];
}

/**
 * Does everything that comes before the first write.
 *
 * @throws ProblemError with everything that is wrong
 */
async function prepare(caller: Caller, draft: Draft, kind: InstalledKind): Promise<Prepared> {
  const warnings = await checkRegistration(caller, draft, kind);
  const plan = planRegistration(draft, kind, caller.user);
  const result = await dryRunPlan(caller, plan);
  return { plan, steps: result.steps, warnings: [...warnings, ...result.warnings] };
}

/** Filters every text of an error, because some come from the API server or a webhook. */
function withoutSecrets(error: unknown, hide: (text: string) => string): ProblemError {
  const { code, detail, extensions } = asProblemError(error);
  const errors = extensions.errors?.map(({ path, message }) => ({ path, message: hide(message) }));
  return new ProblemError(code, detail && hide(detail), { ...extensions, ...(errors ? { errors } : {}) });
}

function planeReference({ plural, namespace, name }: Draft): RegistrationAnswer['plane'] {
  return { plural, ...(namespace === '' ? {} : { namespace }), name };
}

/**
 * Runs the requests of one registration one after the other, so the second request of a double click finds what the
 * first wrote. Between replicas the API server decides, because it accepts a name only once.
 */
async function oneAtATime<T>(registrationId: string, task: () => Promise<T>): Promise<T> {
  const running = processSlot('running-registrations', () => new Map<string, Promise<unknown>>());
  const previous = running.get(registrationId) ?? Promise.resolve();
  // The previous run's outcome concerns only its own caller.
  const run = previous.then(task, task);
  running.set(registrationId, run);
  try {
    return await run;
  } finally {
    if (running.get(registrationId) === run) running.delete(registrationId);
  }
}
