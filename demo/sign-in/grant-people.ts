import type { KubeClient } from '@/demo/control-plane/kube-client';
import { ORGANISATIONS } from '@/demo/fleet/sample';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ROLE_GROUP = 'rbac.authorization.k8s.io';
/** Where the people's service accounts are. */
export const PEOPLE_NAMESPACE = 'people';
const ALL = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };

interface Grant {
  readonly namespace?: string;
  readonly rules: readonly object[];
}

/** What the members of each group may do. */
const GRANTS: Readonly<Record<string, Grant>> = {
  'platform-admins': { rules: [ALL] },
  'retail-admins': { namespace: ORGANISATIONS.retail, rules: [ALL] },
  'on-call': {
    rules: [
      { apiGroups: [PLANE_GROUP], resources: ['*'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['namespaces', 'events'], verbs: ['get', 'list'] },
    ],
  },
};

/**
 * Creates a service account for each person of the demo, and grants rights to these and to the groups of the identity
 * provider. Does nothing that an earlier start has done.
 *
 * @param groupPrefix begins the provider's groups on the API server
 */
export async function grantPeople(client: KubeClient, groupPrefix: string): Promise<void> {
  await createUnlessThere(client, '/api/v1/namespaces', PEOPLE_NAMESPACE, {});
  const accounts = `/api/v1/namespaces/${PEOPLE_NAMESPACE}/serviceaccounts`;
  for (const { id } of DEMO_PEOPLE) await createUnlessThere(client, accounts, id, {});
  for (const [group, { namespace, rules }] of Object.entries(GRANTS)) {
    await createUnlessThere(client, `${RBAC}/clusterroles`, group, { rules });
    const bindings =
      namespace === undefined
        ? `${RBAC}/clusterrolebindings`
        : `${RBAC}/namespaces/${namespace}/rolebindings`;
    await createUnlessThere(client, bindings, group, {
      roleRef: { apiGroup: ROLE_GROUP, kind: 'ClusterRole', name: group },
      subjects: [
        { apiGroup: ROLE_GROUP, kind: 'Group', name: `${groupPrefix}${group}` },
        ...DEMO_PEOPLE.filter(({ groups }) => groups.includes(group)).map(({ id }) => ({
          kind: 'ServiceAccount',
          namespace: PEOPLE_NAMESPACE,
          name: id,
        })),
      ],
    });
  }
}

async function createUnlessThere(
  client: KubeClient,
  collection: string,
  name: string,
  body: object,
): Promise<void> {
  if (!(await client.find(`${collection}/${name}`)))
    await client.post(collection, { metadata: { name }, ...body });
}
