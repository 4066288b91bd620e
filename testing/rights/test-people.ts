import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { OIDC_PREFIX } from '@/demo/identity-provider/api-server-flags';
import { PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ROLE_GROUP = 'rbac.authorization.k8s.io';
/** Where the people's ServiceAccounts are. It has no planes. */
const NAMESPACE = 'people';
const TOKEN_SECONDS = 3600;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Rights in one namespace, or in the whole cluster if none is given. */
export interface Grant {
  readonly namespace?: string;
  readonly rules: readonly Rule[];
}

const planes = (verbs: readonly string[], resourceNames?: readonly string[]): Rule => ({
  apiGroups: [PLANE_GROUP],
  resources: PLANE_KINDS.map(({ plural }) => plural),
  verbs,
  ...(resourceNames ? { resourceNames } : {}),
});

/** People of seven sorts, by what RBAC grants them. The namespaces `acme` and `beta` have planes. */
export const SORTS = {
  'cluster admin': [{ rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] }],
  'plane admin': [{ rules: [planes(['*'])] }],
  "one namespace's admin": [
    { namespace: 'acme', rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] },
  ],
  "two namespaces' viewer": [
    { namespace: 'acme', rules: [planes(['get', 'list', 'watch'])] },
    { namespace: 'beta', rules: [planes(['get', 'list', 'watch'])] },
  ],
  'reader of one plane': [
    { namespace: 'acme', rules: [planes(['get'], ['prod'])] },
    { rules: [planes(['get'], ['shared', 'missing'])] },
  ],
  'lister without get': [{ rules: [planes(['list'])] }],
  nobody: [],
} as const satisfies Record<string, readonly Grant[]>;

export type Sort = keyof typeof SORTS;

/** A group, as a provider or a proxy names it. */
export const GROUP = 'platform';
/** The same group on the API server. Planeboard may impersonate no other. */
export const MATRIX_GROUP = `${OIDC_PREFIX}${GROUP}`;
/** People in the group have these rights, and none of their own. */
export const GROUP_SORT: Sort = "one namespace's admin";

/** Returns the name of a sort's person in the matrix. */
export function idOf(sort: Sort): string {
  return `matrix-${sort.replaceAll(/[^a-z]+/g, '-')}`;
}

/** A ServiceAccount that plays a person. */
export interface TestPerson {
  readonly name: string;
  /** Of its own, from the TokenRequest API. */
  readonly token: string;
}

/** Creates a person with these rights. Rights can be granted and taken away later by the person's name. */
export async function createPerson(
  controlPlane: ControlPlaneAccess,
  name: string,
  grants: readonly Grant[],
): Promise<TestPerson> {
  const { client } = controlPlane;
  await ensureNamespace(client, NAMESPACE);
  const accounts = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`;
  if (!(await client.find(`${accounts}/${name}`))) await client.post(accounts, { metadata: { name } });
  await grantTo(controlPlane, name, grants);
  return { name, token: await tokenOf(controlPlane, name) };
}

/** Grants rights to a user whom someone else vouches for, such as an identity provider. */
export async function createUser(
  controlPlane: ControlPlaneAccess,
  user: string,
  grants: readonly Grant[],
): Promise<void> {
  await grantTo(controlPlane, user.replaceAll(/[^a-z0-9-]+/g, '-'), grants, {
    apiGroup: ROLE_GROUP,
    kind: 'User',
    name: user,
  });
}

/** Grants rights to everyone in a group. */
export async function createGroup(
  controlPlane: ControlPlaneAccess,
  group: string,
  grants: readonly Grant[],
): Promise<void> {
  await grantTo(controlPlane, `group-${group.replaceAll(/[^a-z0-9-]+/g, '-')}`, grants, {
    apiGroup: ROLE_GROUP,
    kind: 'Group',
    name: group,
  });
}

/** Allows an account to impersonate any user, and exactly these groups. */
export async function grantImpersonation(
  { client }: ControlPlaneAccess,
  account: string,
  groups: readonly string[],
): Promise<void> {
  const name = `impersonator-${account}`;
  const impersonate = { apiGroups: [''], verbs: ['impersonate'] };
  await client.post(`${RBAC}/clusterroles`, {
    metadata: { name },
    rules: [
      { ...impersonate, resources: ['users'] },
      ...(groups.length > 0 ? [{ ...impersonate, resources: ['groups'], resourceNames: groups }] : []),
    ],
  });
  await client.post(bindingsPath(undefined), {
    metadata: { name },
    roleRef: { apiGroup: ROLE_GROUP, kind: 'ClusterRole', name },
    subjects: [{ apiGroup: ROLE_GROUP, kind: 'User', name: account }],
  });
}

/** Allows a person to get the API server's path /metrics, which no role of a namespace can. */
export async function grantMetrics({ client }: ControlPlaneAccess, person: string): Promise<void> {
  const name = `metrics-${person}`;
  await client.post(`${RBAC}/clusterroles`, {
    metadata: { name },
    rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  });
  await client.post(bindingsPath(undefined), {
    metadata: { name },
    roleRef: { apiGroup: ROLE_GROUP, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', namespace: NAMESPACE, name: person }],
  });
}

/** Returns a new token of a person. */
export async function tokenOf({ client }: ControlPlaneAccess, name: string): Promise<string> {
  const review = (await client.post(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: TOKEN_SECONDS },
  })) as { status: { token: string } };
  return review.status.token;
}

/** Grants a person further rights. */
export async function grantTo(
  { client }: ControlPlaneAccess,
  person: string,
  grants: readonly Grant[],
  subject: object = { kind: 'ServiceAccount', namespace: NAMESPACE, name: person },
): Promise<void> {
  for (const { namespace, rules } of grants) {
    const name = roleName(person, namespace);
    if (namespace !== undefined) await ensureNamespace(client, namespace);
    await client.post(`${RBAC}/clusterroles`, { metadata: { name }, rules });
    await client.post(bindingsPath(namespace), {
      metadata: { name },
      roleRef: { apiGroup: ROLE_GROUP, kind: 'ClusterRole', name },
      subjects: [subject],
    });
  }
}

/** Takes a person's rights in one namespace, or in the whole cluster, away. */
export async function revokeFrom(
  { client }: ControlPlaneAccess,
  person: string,
  namespace?: string,
): Promise<void> {
  await client.delete(`${bindingsPath(namespace)}/${roleName(person, namespace)}`);
  await client.delete(`${RBAC}/clusterroles/${roleName(person, namespace)}`);
}

/** Deletes a person's account, which makes its tokens invalid. */
export async function deletePerson({ client }: ControlPlaneAccess, name: string): Promise<void> {
  await client.delete(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${name}`);
}

function bindingsPath(namespace: string | undefined): string {
  return namespace === undefined
    ? `${RBAC}/clusterrolebindings`
    : `${RBAC}/namespaces/${namespace}/rolebindings`;
}

function roleName(person: string, namespace: string | undefined): string {
  return namespace === undefined ? `person-${person}` : `person-${person}-${namespace}`;
}
