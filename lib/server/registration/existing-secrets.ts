import 'server-only';
import type { RegistrationSecrets } from '@/lib/api/registration';
import { PLANE_ANNOTATION, REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { visibleFleet } from '@/lib/server/fleet/visible-fleet';
import { ProblemError } from '@/lib/server/http/problem';
import { secretsPath } from '@/lib/server/kube/api-paths';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { listMetadata } from '@/lib/server/kube/object-metadata';
import { readSeenSecret } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Leaves out tokens of service accounts and Helm's own records: they aren't credentials of planes, and there can be
 * hundreds.
 */
const OF_INTEREST = 'type!=kubernetes.io/service-account-token,type!=helm.sh/release.v1';

/**
 * Returns the names of a namespace's Secrets, or the keys of one Secret and what it is used for. The list is read
 * without values; those of the one Secret are dropped at once.
 *
 * @param name of the Secret whose keys to return; null: all names
 * @throws KubeError; ProblemError `bad-request` for a name that no object can have
 */
export async function registrationSecrets(
  caller: Caller,
  namespace: string,
  name: string | null,
): Promise<RegistrationSecrets> {
  if (!isKubernetesName(namespace)) throw new ProblemError('bad-request', 'Invalid namespace name.');
  if (name !== null && !isKubernetesName(name)) throw new ProblemError('bad-request', 'Invalid Secret name.');
  try {
    const secrets =
      name === null ? await secretNames(caller, namespace) : await namedSecret(caller, namespace, name);
    return { state: 'listed', secrets };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'forbidden') return { state: 'not-visible', secrets: [] };
    if (failure.code === 'not-found') return { state: 'listed', secrets: [] };
    throw failure;
  }
}

type Secrets = RegistrationSecrets['secrets'];

async function secretNames(caller: Caller, namespace: string): Promise<Secrets> {
  const listed = await listMetadata(caller.client, secretsPath(namespace), { fieldSelector: OF_INTEREST });
  return listed.filter(({ deleting }) => !deleting).map(({ name }) => ({ name }));
}

/** Empty when the Secret doesn't exist. */
async function namedSecret(caller: Caller, namespace: string, name: string): Promise<Secrets> {
  const secret = await readSeenSecret(caller, { namespace, name });
  if (!secret) return [];
  const { [PLANE_ANNOTATION]: createdFor, [REGISTRATION_ANNOTATION]: registration } = secret.annotations;
  const usage = {
    ...(createdFor === undefined ? {} : { createdFor }),
    ...(registration === undefined ? {} : { registration }),
    usedBy: await planesNaming(caller, `${namespace}/${name}`),
  };
  return [{ name, keys: [...secret.keys], usage }];
}

async function planesNaming(caller: Caller, secret: string): Promise<ObjectRef[]> {
  const { engine, secretReferences } = getRuntime();
  const fleet = visibleFleet(engine, await viewOf(caller));
  return secretReferences.planesReferencing(secret, fleet.planes());
}
