import { type KubeClient, KubeError, type KubeObject } from '@/demo/control-plane/kube-client';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Removes a definition together with its resources. A resource whose finalizer nobody takes off (its controller has
 * stopped, or something blocks it) would hold the definition for ever, so finalizers are taken off here, after each
 * resource has been marked as deleted: from then on nobody can add one.
 */
export async function removeKind(client: KubeClient, crdName: string, plural: string): Promise<void> {
  const { items } = await client.get<{ items: KubeObject[] }>(`/apis/${PLANE_API_VERSION}/${plural}`);
  await Promise.all(
    items.map(async ({ metadata: { name, namespace } }) => {
      const scope = namespace ? `/namespaces/${namespace}` : '';
      const path = `/apis/${PLANE_API_VERSION}${scope}/${plural}/${name}`;
      await unlessGone(() => client.delete(path));
      await unlessGone(() => client.patch(path, { metadata: { finalizers: null } }));
    }),
  );
  await unlessGone(() => client.delete(`${CRDS}/${crdName}`));
}

async function unlessGone(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 404)) throw error;
  }
}
