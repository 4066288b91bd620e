import { randomUUID } from 'node:crypto';
import type { KubeClient } from '@/demo/control-plane/kube-client';

const ACCOUNTS = '/api/v1/namespaces/default/serviceaccounts';
const BINDINGS = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';

/** A service account in the namespace `default`, and a token of it that is valid for an hour. */
export interface SignedAccount {
  readonly token: string;
  /** The name that the API server reports. */
  readonly user: string;
  /** Removes the account and its rights, which makes the token invalid. */
  readonly remove: () => Promise<void>;
}

/**
 * Creates a service account.
 *
 * @param clusterRole granted cluster-wide; null for no rights
 */
export async function serviceAccount(
  client: KubeClient,
  clusterRole: string | null = null,
): Promise<SignedAccount> {
  const name = `person-${randomUUID()}`;
  await client.post(ACCOUNTS, { metadata: { name } });
  const answer = await client.post<{ status: { token: string } }>(`${ACCOUNTS}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
  });
  if (clusterRole !== null)
    await client.post(BINDINGS, {
      metadata: { name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'default' }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    });
  return {
    token: answer.status.token,
    user: `system:serviceaccount:default:${name}`,
    remove: async () => {
      if (clusterRole !== null) await client.delete(`${BINDINGS}/${name}`);
      await client.delete(`${ACCOUNTS}/${name}`);
    },
  };
}
