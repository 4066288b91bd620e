import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { manifestsIn, type RbacObject, securityPage } from './security-page';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** Kinds of other releases aren't served, and what is impersonated is no resource. */
const NOT_SERVED = [...PLANE_KINDS.map(({ plural }) => `${PLANE_GROUP}/${plural}`), '/users', '/groups'];

const manifests = manifestsIn(securityPage());
const titleOf = ({ kind, metadata }: RbacObject) => `${kind} ${metadata.name}`;

let bare: BareControlPlane;

beforeAll(async () => {
  bare = await sharedControlPlane();
  for (const namespace of ['planeboard', CONTROL_PLANE_NAMESPACE])
    await ensureNamespace(bare.controlPlane.client, namespace);
});
afterAll(() => bare?.stop());

/** Returns the verbs of each resource that the API server serves, such as `apps/deployments`. */
async function served(): Promise<Map<string, readonly string[]>> {
  const { client } = bare.controlPlane;
  const { groups } = await client.get<{ groups: { preferredVersion: { groupVersion: string } }[] }>('/apis');
  const paths = ['/api/v1', ...groups.map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`)];
  const lists = await Promise.all(
    paths.map(async (path) => {
      const { resources } = await client.get<{ resources: { name: string; verbs: string[] }[] }>(path);
      const group = path === '/api/v1' ? '' : (path.split('/')[2] ?? '');
      return resources.map(({ name, verbs }) => [`${group}/${name}`, verbs] as const);
    }),
  );
  return new Map(lists.flat());
}

describe('the permissions on the security page', () => {
  test('are as many as it has chapters for', () => {
    expect(manifests.map(titleOf)).toHaveLength(10);
  });

  test.each(manifests.map((manifest) => [titleOf(manifest), manifest] as const))(
    'are accepted by the API server: %s',
    async (_, manifest) => {
      const { kind, metadata } = manifest;
      const scope = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
      const path = `${RBAC}${scope}/${kind.toLowerCase()}s?dryRun=All&fieldValidation=Strict`;
      const created = await bare.controlPlane.client.post<RbacObject>(path, manifest);
      expect(created).toMatchObject({ kind, metadata, ...(manifest.rules ? { rules: manifest.rules } : {}) });
    },
  );

  test('name resources and verbs that exist', async () => {
    const known = await served();
    const unknown = manifests.flatMap(({ rules = [] }) =>
      rules.flatMap(({ apiGroups = [], resources = [], verbs }) =>
        apiGroups.flatMap((group) =>
          resources
            .filter((resource) => resource !== '*' && !NOT_SERVED.includes(`${group}/${resource}`))
            .flatMap((resource) =>
              verbs
                .filter((verb) => known.get(`${group}/${resource}`)?.includes(verb) !== true)
                .map((verb) => `${verb} ${group}/${resource}`),
            ),
        ),
      ),
    );
    expect(unknown).toEqual([]);
  });
});
