import type { KubeClient } from '@/demo/control-plane/kube-client';

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';

/** Gives a user rights, in one namespace or, without one, everywhere. */
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
