import 'server-only';
import type { PlaneDeletionAnswer } from '@/lib/api/deletion';
import { credentialPlace } from '@/lib/plane/credentials/credential-place';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { finishedReplacements, unfinishedReplacements } from '@/lib/plane/credentials/replacement-record';
import { asSentence, capital } from '@/lib/plane/model/text';
import { planeUsing } from '@/lib/server/credentials/secret-users';
import { isCreatedFor } from '@/lib/server/credentials/write-secret';
import { annotationsOf, type LivePlane } from '@/lib/server/edit/live-plane';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { readMetadata } from '@/lib/server/kube/object-metadata';
import { describeSecret, type SecretName, secretObject } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';

/** A Secret that Planeboard created for a plane. */
interface CreatedSecret extends SecretName {
  readonly uid: string;
}

/** `problem`: why the Secrets could not be found. */
export type CreatedSecrets = { readonly found: readonly CreatedSecret[] } | { readonly problem: string };

/**
 * Returns the Secrets that a plane refers to and that Planeboard created for exactly this plane. Their values aren't
 * read.
 */
export async function findCreatedSecrets(caller: Caller, live: LivePlane): Promise<CreatedSecrets> {
  try {
    const found: CreatedSecret[] = [];
    for (const { namespace, name } of referredSecrets(live)) {
      const metadata = await readMetadata(caller.client, secretObject({ namespace, name }));
      if (metadata && isCreatedFor(metadata, live)) found.push({ namespace, name, uid: metadata.uid });
    }
    return { found };
  } catch (error) {
    const why = asSentence(capital(asKubeError(error).message));
    return { problem: `Planeboard couldn't check which Secrets it created for this plane. ${why}` };
  }
}

/** Also returns the Secrets of replacements that the plane remembers: they keep old material of this plane. */
function referredSecrets(live: LivePlane): SecretName[] {
  const { kind, spec, identity } = live;
  const annotations = annotationsOf(live);
  const found = new Map<string, SecretName>();
  for (const records of [finishedReplacements(annotations), unfinishedReplacements(annotations)])
    for (const { places } of Object.values(records))
      for (const { namespace, name, was } of places)
        for (const one of was === undefined ? [name] : [name, was])
          found.set(`${namespace}/${one}`, { namespace, name: one });
  for (const slot of credentialSlots(kind)) {
    const place = credentialPlace(spec, slot, identity);
    if (place.at !== 'secret') continue;
    const { namespace, name } = place.secret;
    found.set(`${namespace}/${name}`, { namespace, name });
  }
  return [...found.values()];
}

type SecretOutcome = Pick<PlaneDeletionAnswer, 'secret' | 'secretProblem'>;

/**
 * Deletes the Secrets created for a plane, except those that another plane refers to. Never throws.
 *
 * @param gone whether the API server says that the plane doesn't exist; until then its Secrets are kept
 */
export async function deleteCreatedSecrets(
  caller: Caller,
  live: LivePlane,
  secrets: CreatedSecrets,
  gone: boolean,
): Promise<SecretOutcome> {
  if ('problem' in secrets) return { secret: 'failed', secretProblem: secrets.problem };
  const { found } = secrets;
  if (found.length === 0)
    return {
      secret: 'kept',
      secretProblem: 'No Secret is marked as created by Planeboard for this plane, so none was deleted.',
    };
  if (!gone) {
    const commands = found.map(({ namespace, name }) => `kubectl delete secret ${name} -n ${namespace}`);
    return {
      secret: 'kept',
      secretProblem: `The plane is still being deleted and may need its Secret. When the plane no longer exists, run: ${commands.join(' && ')}`,
    };
  }
  const outcomes: SecretOutcome[] = [];
  for (const secret of found) outcomes.push(await deleteUnlessUsed(caller, live, secret));
  const problems = outcomes.flatMap(({ secretProblem }) => secretProblem ?? []);
  const worst = (['failed', 'kept'] as const).find((outcome) =>
    outcomes.some(({ secret }) => secret === outcome),
  );
  return {
    secret: worst ?? 'deleted',
    ...(problems.length > 0 ? { secretProblem: problems.join(' ') } : {}),
  };
}

async function deleteUnlessUsed(
  caller: Caller,
  live: LivePlane,
  { namespace, name, uid }: CreatedSecret,
): Promise<SecretOutcome> {
  const secret = capital(describeSecret({ namespace, name }));
  try {
    const user = await planeUsing(caller, { namespace, name }, live.uid);
    if (user !== null)
      return { secret: 'kept', secretProblem: `${secret} wasn't deleted, because ${user} uses it too.` };
  } catch (error) {
    const why = asSentence(capital(asKubeError(error).message));
    return {
      secret: 'kept',
      secretProblem: `${secret} wasn't deleted, because Planeboard couldn't check whether other planes use it. ${why}`,
    };
  }
  const object = { kind: 'Secret', namespace, name };
  try {
    await deleteAudited(caller, { object }, { ...secretObject({ namespace, name }), uid });
  } catch (error) {
    const why = asSentence(capital(asKubeError(error).message));
    return { secret: 'failed', secretProblem: `${secret} couldn't be deleted. ${why}` };
  }
  return { secret: 'deleted' };
}
