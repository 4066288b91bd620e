import { type KubeClient, KubeError, type KubeObject } from '@/demo/control-plane/kube-client';
import { PLANE_API_VERSION, PLANE_GROUP } from '@/lib/plane/model/kinds';
import type { CustomResourceDefinition } from './kind-definition';
import { crdsOf, type Release } from './profiles';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const MAX_ATTEMPTS = 10;

interface InstalledCrd extends KubeObject {
  readonly spec: { readonly group: string; readonly names: { readonly plural: string } };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/**
 * Makes the API server serve exactly the kinds of a release: creates missing definitions, replaces existing ones, and
 * removes other kinds of the group with their resources. Resolves when all are established.
 */
export async function installProfile(client: KubeClient, release: Release): Promise<void> {
  await installCrds(client, crdsOf(release));
}

/** Makes the API server serve exactly these definitions of the plane group; otherwise like `installProfile`. */
export async function installCrds(
  client: KubeClient,
  crds: readonly CustomResourceDefinition[],
): Promise<void> {
  const { items, metadata } = await client.get<{
    items: InstalledCrd[];
    metadata: { resourceVersion: string };
  }>(CRDS);
  const installed = items.filter((item) => item.spec.group === PLANE_GROUP);
  const wanted = new Set(crds.map((crd) => crd.metadata.name));

  const unwanted = installed.filter((item) => !wanted.has(item.metadata.name));
  for (const item of unwanted) await removeKind(client, item.metadata.name, item.spec.names.plural);
  await Promise.all(crds.map((crd) => applyCrd(client, crd)));
  await awaitSettled(client, wanted, metadata.resourceVersion);
}

/**
 * Creates a definition or replaces the existing one. Others write definitions too, above all the API server, so a
 * conflict is retried.
 */
export async function applyCrd(client: KubeClient, crd: CustomResourceDefinition): Promise<void> {
  const path = `${CRDS}/${crd.metadata.name}`;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const current = await client.find(path);
    try {
      if (!current) await client.post(CRDS, crd);
      else {
        const { resourceVersion } = current.metadata;
        await client.put(path, { ...crd, metadata: { ...crd.metadata, resourceVersion } });
      }
      return;
    } catch (error) {
      if (!(error instanceof KubeError && (error.status === 409 || error.status === 404))) throw error;
    }
  }
  throw new Error(`Couldn't write ${crd.metadata.name}: it changed during each of ${MAX_ATTEMPTS} attempts.`);
}

/** Usually seconds are enough, but a busy machine needs minutes. */
const SETTLE_SECONDS = 180;

/** Watches the definitions until all wanted ones are established and all others are deleted. */
async function awaitSettled(
  client: KubeClient,
  wanted: ReadonlySet<string>,
  resourceVersion: string,
): Promise<void> {
  const missing = new Set(wanted);
  const leaving = new Set<string>();
  const { items } = await client.get<{ items: InstalledCrd[] }>(CRDS);
  for (const item of items) note(item, 'MODIFIED');
  if (missing.size === 0 && leaving.size === 0) return;

  const stop = new AbortController();
  const path = `${CRDS}?watch=1&resourceVersion=${resourceVersion}&timeoutSeconds=${SETTLE_SECONDS}`;
  try {
    for await (const event of client.watch(path, stop.signal)) {
      const { type, object } = event as { type: string; object: InstalledCrd };
      if (type === 'ERROR') break;
      note(object, type);
      if (missing.size === 0 && leaving.size === 0) return;
    }
  } finally {
    stop.abort();
  }
  throw new Error(
    `The API server didn't apply ${[...missing, ...leaving].join(', ')} within ${SETTLE_SECONDS} s.`,
  );

  function note(item: InstalledCrd, type: string): void {
    const { name } = item.metadata;
    if (item.spec.group !== PLANE_GROUP) return;
    if (!wanted.has(name)) {
      if (type === 'DELETED') leaving.delete(name);
      else leaving.add(name);
      return;
    }
    const isEstablished = item.status?.conditions?.some(
      (condition) => condition.type === 'Established' && condition.status === 'True',
    );
    if (isEstablished) missing.delete(name);
  }
}

/**
 * Removes a definition together with its resources. A resource whose controller has stopped or is blocked would keep
 * its finalizer and hold the definition forever. So finalizers are removed here, after each resource is marked as
 * deleted: after that, the API server accepts no new ones.
 */
async function removeKind(client: KubeClient, crdName: string, plural: string): Promise<void> {
  const { items } = await client.get<{ items: KubeObject[] }>(`/apis/${PLANE_API_VERSION}/${plural}`);
  await Promise.all(
    items.map(async ({ metadata: { name, namespace } }) => {
      const scope = namespace ? `/namespaces/${namespace}` : '';
      const path = `/apis/${PLANE_API_VERSION}${scope}/${plural}/${name}`;
      await ignoreMissing(() => client.delete(path));
      await ignoreMissing(() => client.patch(path, { metadata: { finalizers: null } }));
    }),
  );
  await ignoreMissing(() => client.delete(`${CRDS}/${crdName}`));
}

async function ignoreMissing(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 404)) throw error;
  }
}
