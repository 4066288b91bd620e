import 'server-only';
import type { RegistrationRemains } from '@/lib/api/registration';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { deleteObject, readObject } from '@/lib/server/kube/kube-writes';
import { isOfRegistration, type LiveObject, refersToSecret } from '@/lib/server/kube/live-object';
import { audit } from '@/lib/server/process/audit';
import type { Caller } from '@/lib/server/rights/caller';
import type { Plan } from './planned-object';
import type { FailedStep, Written } from './write-steps';

/** What is left of a registration that failed, and why the rest could not be removed. */
export interface RollBack {
  readonly remains: RegistrationRemains;
  /** A sentence for people; null when nothing had to be left. */
  readonly leftBecause: string | null;
}

/**
 * Removes again what this registration wrote and no plane uses, now or in an earlier attempt. First it is made sure
 * that the plane is not there: while that is not known its Secrets stay, since a plane without them is worse than
 * Secrets without a plane. Never throws.
 */
export async function rollBack(
  caller: Caller,
  plan: Plan,
  written: readonly Written[],
  failed: FailedStep,
): Promise<RollBack> {
  const unsure = failed.unsure ? [failed.planned.reference] : [];
  const kept = (leftBecause: string): RollBack => ({
    remains: { removed: [], left: written.map(({ planned }) => planned.reference), unsure },
    leftBecause,
  });
  if (written.length === 0) return { remains: { removed: [], left: [], unsure }, leftBecause: null };
  if (failed.unsure && failed.planned.type === 'plane')
    return kept('since the plane may be there and use it');
  let namesake: LiveObject | null;
  try {
    namesake = await readObject(caller, plan.plane);
  } catch (error) {
    const why = plan.publicText(asKubeError(error).message);
    return kept(`since it could not be made sure that no plane uses it (${why})`);
  }
  if (namesake && isOfRegistration(namesake, plan.draft.id))
    return kept('since the plane is there and uses it');

  const removed: RegistrationRemains['removed'] = [];
  const left: RegistrationRemains['left'] = [];
  let leftBecause: string | null = null;
  // The last one first: what was written later may build on what was written before.
  for (const one of [...written].reverse()) {
    const { reference } = one.planned;
    const why =
      namesake && refersToSecret(namesake, reference.name)
        ? 'since another plane of that name uses it'
        : await remove(caller, plan, one);
    if (why === null) removed.push(reference);
    else {
      left.push(reference);
      leftBecause ??= why;
    }
  }
  return { remains: { removed, left, unsure }, leftBecause };
}

/** @returns why it could not be removed; null: it is gone */
async function remove(caller: Caller, plan: Plan, { planned, uid }: Written): Promise<string | null> {
  const tell = (outcome: string) =>
    audit({
      user: caller.user,
      verb: 'delete',
      object: planned.reference,
      outcome,
      registration: plan.draft.id,
    });
  try {
    await deleteObject(caller, planned, uid);
    tell('done');
    return null;
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    return failure.code === 'not-found'
      ? null
      : `as it could not be removed (${plan.publicText(failure.message)})`;
  }
}
