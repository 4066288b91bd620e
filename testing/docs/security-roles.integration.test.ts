import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';

/**
 * The Roles of the documents, created on a real API server, which is then asked what they allow. So a Role that the API
 * server would reject, or that allows more than its text says, can't stay in the documents.
 */

interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const CONTROL_PLANE = 'openchoreo-control-plane';
const ACCOUNT = 'system:serviceaccount:planeboard:planeboard';
/** Groups that the API server adds to every ServiceAccount. */
const ACCOUNT_GROUPS = [
  'system:serviceaccounts',
  'system:serviceaccounts:planeboard',
  'system:authenticated',
];

/** Returns the Roles and bindings in a document's examples. */
function rolesIn(document: string): RbacObject[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', document), 'utf8');
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)]
    .map(([, yaml = '']) => yaml)
    .filter((yaml) => yaml.includes('rbac.authorization.k8s.io'))
    .flatMap((yaml) => parseAllDocuments(yaml).map((one) => one.toJS() as RbacObject));
}

function collectionOf({ kind, metadata: { namespace } }: RbacObject): string {
  const plural = `${kind.toLowerCase()}s`;
  return namespace === undefined ? `${RBAC}/${plural}` : `${RBAC}/namespaces/${namespace}/${plural}`;
}

let bare: BareControlPlane;

beforeAll(async () => {
  bare = await sharedControlPlane();
  const { client } = bare.controlPlane;
  for (const namespace of ['planeboard', CONTROL_PLANE, 'acme']) await ensureNamespace(client, namespace);
  for (const role of rolesIn('security.md')) {
    await client.post(`${collectionOf(role)}?fieldValidation=Strict`, role);
  }
});
afterAll(() => bare?.stop());

interface Asked {
  readonly group?: string;
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** Asks the API server whether a user may do something. */
async function may(user: string, groups: readonly string[], verb: string, asked: Asked): Promise<boolean> {
  const { status } = await bare.controlPlane.client.post<{ status: { allowed: boolean } }>(
    '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    { metadata: {}, spec: { user, groups, resourceAttributes: { verb, ...asked } } },
  );
  return status.allowed;
}

const accountMay = (verb: string, asked: Asked) => may(ACCOUNT, ACCOUNT_GROUPS, verb, asked);
const planes = (resource: string): Asked => ({ group: 'openchoreo.dev', resource });

describe("the documented Roles let Planeboard's account", () => {
  test.each<[string, Asked]>([
    ['list', planes('dataplanes')],
    ['watch', planes('clusterobservabilityplanes')],
    ['list', { group: 'apps', resource: 'deployments', namespace: CONTROL_PLANE }],
    ['list', { group: 'coordination.k8s.io', resource: 'leases', namespace: CONTROL_PLANE }],
    ['get', { resource: 'configmaps', name: 'planeboard-wall', namespace: CONTROL_PLANE }],
    ['get', { resource: 'secrets', name: 'cluster-gateway-tls', namespace: CONTROL_PLANE }],
    ['impersonate', { resource: 'users', name: 'oidc:maya@example.com' }],
    ['impersonate', { resource: 'groups', name: 'oidc:sre' }],
  ])('%s %o', async (verb, asked) => {
    expect(await accountMay(verb, asked)).toBe(true);
  });
});

describe("the documented Roles don't let Planeboard's account", () => {
  test.each<[string, Asked]>([
    ['patch', planes('dataplanes')],
    ['create', planes('dataplanes')],
    ['delete', planes('dataplanes')],
    ['list', { resource: 'secrets' }],
    ['get', { resource: 'secrets', name: 'another', namespace: CONTROL_PLANE }],
    ['get', { resource: 'secrets', name: 'cluster-gateway-tls', namespace: 'acme' }],
    ['patch', { resource: 'configmaps', name: 'planeboard-wall', namespace: CONTROL_PLANE }],
    ['impersonate', { resource: 'users', name: 'system:admin' }],
    ['impersonate', { resource: 'users', name: 'oidc:eve@example.com' }],
    ['impersonate', { resource: 'groups', name: 'system:masters' }],
    ['impersonate', { resource: 'serviceaccounts', name: 'default', namespace: 'acme' }],
    ['create', { resource: 'pods', namespace: CONTROL_PLANE }],
  ])('%s %o', async (verb, asked) => {
    expect(await accountMay(verb, asked)).toBe(false);
  });
});

describe('the documented Roles for people', () => {
  const groups = ['oidc:platform', 'system:authenticated'];

  beforeAll(async () => {
    const bind = (name: string, role: string, group: string) =>
      bare.controlPlane.client.post(`${RBAC}/namespaces/acme/rolebindings`, {
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
      });
    await bind('viewers', 'plane-viewer', 'oidc:platform');
    await bind('editors', 'plane-editor', 'oidc:editors');
  });

  test('let a viewer see the planes of a namespace, and change none', async () => {
    const asked = { ...planes('dataplanes'), namespace: 'acme' };
    expect(await may('oidc:maya', groups, 'list', asked)).toBe(true);
    expect(await may('oidc:maya', groups, 'patch', asked)).toBe(false);
    expect(await may('oidc:maya', groups, 'get', { resource: 'secrets', namespace: 'acme' })).toBe(false);
    expect(await may('oidc:maya', groups, 'list', planes('dataplanes'))).toBe(false);
  });

  test('let an editor change planes and their Secrets, and list no Secrets', async () => {
    const editors = ['oidc:editors', 'system:authenticated'];
    const asked = { ...planes('dataplanes'), namespace: 'acme' };
    for (const verb of ['create', 'patch', 'delete'])
      expect(await may('oidc:noor', editors, verb, asked)).toBe(true);
    const secrets = { resource: 'secrets', namespace: 'acme' };
    expect(await may('oidc:noor', editors, 'create', secrets)).toBe(true);
    expect(await may('oidc:noor', editors, 'list', secrets)).toBe(false);
  });
});
