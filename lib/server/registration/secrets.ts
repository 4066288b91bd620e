import 'server-only';
import type { RegistrationSecrets } from '@/lib/api/registration-options';
import { PLANE_ANNOTATION, REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { ObjectRef } from '@/lib/plane/related/related-resources';
import { visibleFleet } from '@/lib/server/fleet/visible-fleet';
import { ProblemError } from '@/lib/server/http/problem';
import { objectPath, secretsPath } from '@/lib/server/kube/api-paths';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { listObjects } from '@/lib/server/kube/object-names';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
/** Tokens of service accounts and Helm's own records are no credentials of planes; there can be hundreds of them. */
const OF_INTEREST = 'type!=kubernetes.io/service-account-token,type!=helm.sh/release.v1';

const secretSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
  data: z.record(z.string(), z.unknown()).optional(),
});

/**
 * The Secrets of a namespace by name, or of one Secret its keys and whose it is. Of a list no value is fetched at all; of one Secret
 * the values are let go at once. Throws a KubeError, and a ProblemError for what can be no name.
 *
 * @param name of the one whose keys are asked for; null: all names
 */
export async function registrationSecrets(
  caller: Caller,
  namespace: string,
  name: string | null,
): Promise<RegistrationSecrets> {
  if (!isKubernetesName(namespace)) throw new ProblemError('bad-request', 'No namespace can have that name.');
  if (name !== null && !isKubernetesName(name))
    throw new ProblemError('bad-request', 'No Secret can have that name.');
  const path = `/api/v1/namespaces/${namespace}/secrets`;
  try {
    if (name !== null) return { state: 'listed', secrets: [await secretOf(caller, namespace, name)] };
    const secrets = await listObjects(caller.client, path, { fieldSelector: OF_INTEREST });
    return {
      state: 'listed',
      secrets: secrets.filter((secret) => !secret.deleting).map((secret) => ({ name: secret.name })),
    };
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'forbidden') return { state: 'not-visible', secrets: [] };
    if (failure.code === 'not-found') return { state: 'listed', secrets: [] };
    throw failure;
  }
}

type NamedSecret = RegistrationSecrets['secrets'][number];

async function secretOf(caller: Caller, namespace: string, name: string): Promise<NamedSecret> {
  const path = objectPath(secretsPath(namespace), name);
  const { body } = await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS });
  const { metadata, data = {} } = secretSchema.parse(body);
  const { [PLANE_ANNOTATION]: createdFor, [REGISTRATION_ANNOTATION]: registration } =
    metadata.annotations ?? {};
  return {
    name,
    keys: Object.keys(data).sort(),
    usage: {
      ...(createdFor === undefined ? {} : { createdFor }),
      ...(registration === undefined ? {} : { registration }),
      usedBy: await planesNaming(caller, `${namespace}/${name}`),
    },
  };
}

async function planesNaming(caller: Caller, secret: string): Promise<ObjectRef[]> {
  const { engine, secretReferences } = getRuntime();
  const fleet = visibleFleet(engine, await visiblePlanes(caller));
  return secretReferences.planesNaming(secret, fleet.planes());
}
