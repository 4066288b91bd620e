import type { JsonObject } from '@/lib/plane/json/json';
import { yamlDocuments } from '@/lib/plane/json/yaml-text';
import { isKubernetesName } from '@/lib/plane/model/plane-path';

const RBAC = 'rbac.authorization.k8s.io';
const NAME = 'planeboard-ca-secrets';
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** A Secret by its name. */
interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Returns YAML with a Role and its RoleBinding for each namespace, which let an account get exactly these Secrets; empty
 * without Secrets. Anything can be written into a plane, so names that no Secret can have are left out.
 *
 * @param account the account's name on the API server
 */
export function caRoleYaml(secrets: readonly SecretName[], account: string): string {
  const byNamespace = new Map<string, Set<string>>();
  for (const { namespace, name } of secrets) {
    if (!isKubernetesName(namespace) || !isKubernetesName(name)) continue;
    byNamespace.set(namespace, (byNamespace.get(namespace) ?? new Set()).add(name));
  }
  const objects = [...byNamespace]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([namespace, names]) => objectsFor(namespace, [...names].toSorted(), account));
  return yamlDocuments(objects);
}

function objectsFor(namespace: string, resourceNames: readonly string[], account: string): JsonObject[] {
  const metadata = { name: NAME, namespace };
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [...resourceNames], verbs: ['get'] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: NAME },
      subjects: [subjectOf(account)],
    },
  ];
}

function subjectOf(account: string): JsonObject {
  const [, namespace, name] = SERVICE_ACCOUNT.exec(account) ?? [];
  return namespace !== undefined && name !== undefined
    ? { kind: 'ServiceAccount', name, namespace }
    : { kind: 'User', apiGroup: RBAC, name: account };
}
