import 'server-only';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { placeIn } from '@/lib/server/credentials/credential-place';
import { isCreatedFor } from '@/lib/server/credentials/secret-edits';
import { type LivePlane, specOfObject } from '@/lib/server/edit/live-plane';
import { objectPath, secretsPath } from '@/lib/server/kube/api-paths';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import type { SecretName } from '@/lib/server/kube/live-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
const PAGE_TIMEOUT_MS = 10_000;
const PAGE_SIZE = 500;
/** Makes the API server send the metadata and no value. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

const metadataSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
});

/** A Secret that Planeboard made for a plane. */
export interface CreatedSecret extends SecretName {
  readonly path: string;
  readonly uid: string;
}

/**
 * The Secrets that a plane refers to and that Planeboard made for exactly this plane. Their values are not read.
 *
 * @throws KubeError
 */
export async function createdSecrets(caller: Caller, live: LivePlane): Promise<CreatedSecret[]> {
  const made: CreatedSecret[] = [];
  for (const { namespace, name } of referredSecrets(live)) {
    const path = objectPath(secretsPath(namespace), name);
    const body = await caller.client
      .request({ path, headers: { accept: METADATA_ONLY }, timeoutMs: READ_TIMEOUT_MS })
      .then(
        (answer) => answer.body,
        (error: unknown) => {
          if (asKubeError(error).code === 'not-found') return null;
          throw error;
        },
      );
    if (body === null) continue;
    const read = metadataSchema.safeParse(body).data;
    if (!read) throw new KubeError('bad-answer', 'The API server sent something that is no metadata.');
    if (isCreatedFor(read.metadata, live)) made.push({ namespace, name, path, uid: read.metadata.uid });
  }
  return made;
}

function referredSecrets(live: LivePlane): SecretName[] {
  const found = new Map<string, SecretName>();
  for (const slot of credentialSlots(live.kind)) {
    const place = placeIn(specOfObject(live.raw), slot, live);
    if (place.at !== 'secret') continue;
    const { namespace, name } = place.secret;
    found.set(`${namespace}/${name}`, { namespace, name });
  }
  return [...found.values()];
}

const pageSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(
    z.object({
      metadata: z.object({ uid: z.string(), name: z.string(), namespace: z.string().optional() }),
      spec: z.unknown().optional(),
    }),
  ),
});

/**
 * Another plane that refers to a Secret, in words; null when there is none. All planes of all kinds are looked through,
 * so that nothing is deleted that somebody else uses.
 *
 * @throws KubeError, `forbidden` too: whoever may not see all planes cannot know
 */
export async function otherUserOf(caller: Caller, secret: SecretName, uid: string): Promise<string | null> {
  for (const { entry } of getRuntime().catalog.state.kinds ?? []) {
    let token: string | undefined;
    do {
      const { body } = await caller.client.request({
        path: `/apis/${PLANE_API_VERSION}/${entry.plural}`,
        query: { limit: String(PAGE_SIZE), ...(token ? { continue: token } : {}) },
        timeoutMs: PAGE_TIMEOUT_MS,
      });
      const page = pageSchema.safeParse(body).data;
      if (!page) throw new KubeError('bad-answer', 'The API server sent something that is no list.');
      for (const { metadata, spec } of page.items) {
        if (metadata.uid === uid || !refersTo(spec, secret, metadata.namespace)) continue;
        const where = metadata.namespace === undefined ? '' : ` in the namespace ${metadata.namespace}`;
        return `the ${entry.words.toLowerCase()} ${metadata.name}${where}`;
      }
      token = page.metadata.continue || undefined;
    } while (token);
  }
  return null;
}

/** Whether a reference to a Secret's key stands anywhere in a spec. One without a namespace means the plane's own. */
function refersTo(value: unknown, secret: SecretName, ownNamespace: string | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => refersTo(item, secret, ownNamespace));
  if (typeof value !== 'object' || value === null) return false;
  if ('name' in value && 'key' in value && value.name === secret.name) {
    const named = 'namespace' in value && typeof value.namespace === 'string' ? value.namespace : '';
    if ((named || ownNamespace) === secret.namespace) return true;
  }
  return Object.values(value).some((child) => refersTo(child, secret, ownNamespace));
}
