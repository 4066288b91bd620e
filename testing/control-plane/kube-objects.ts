import type { KubeClient } from '@/demo/control-plane/kube-client';

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';

/** Grants a user rights in one namespace, or in all if none is given. */
export async function grant(
  client: KubeClient,
  user: string,
  rules: readonly Rule[],
  namespace?: string,
): Promise<void> {
  const name = namespace === undefined ? user : `${user}-${namespace}`;
  await client.post(`${RBAC}/clusterroles`, { metadata: { name }, rules });
  const subjects = [{ apiGroup: API_GROUP, kind: 'User', name: user }];
  const roleRef = { apiGroup: API_GROUP, kind: 'ClusterRole', name };
  const collection =
    namespace === undefined ? `${RBAC}/clusterrolebindings` : `${RBAC}/namespaces/${namespace}/rolebindings`;
  await client.post(collection, { metadata: { name }, roleRef, subjects });
}

/** Creates a namespace unless it exists. A new API server only has its own namespaces. */
export async function ensureNamespace(client: KubeClient, name: string): Promise<void> {
  if (!(await client.find(`/api/v1/namespaces/${name}`)))
    await client.post('/api/v1/namespaces', { metadata: { name } });
}

/** Returns the decoded values of a Secret, or undefined if it doesn't exist. */
export async function readSecret(
  client: KubeClient,
  namespace: string,
  name: string,
): Promise<Record<string, string> | undefined> {
  const found = await client.find<{ data?: Record<string, string> }>(
    `/api/v1/namespaces/${namespace}/secrets/${name}`,
  );
  if (!found) return undefined;
  const entries = Object.entries(found.data ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}
