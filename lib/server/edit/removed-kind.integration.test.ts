import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PlaneWrites } from '@/testing/server/plane-writes';

/** A kind that is removed while its edit form is open. The catalog may notice only later. */

const GROUP = '/apis/openchoreo.dev/v1alpha1';
const NAME = 'removed';
const PLANE = `dataplanes/default/${NAME}`;

let api: PlaneWrites;
let uid = '';
let resourceVersion = '';

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
});
afterAll(() => api?.stop());
beforeEach(async () => {
  const clientCA = { secretKeyRef: { name: 'any', key: 'ca.crt' } };
  const created = await api.create(PLANE, { planeID: NAME, clusterAgent: { clientCA } });
  uid = created.metadata.uid ?? '';
  resourceVersion = created.metadata.resourceVersion ?? '';
});
afterEach(async () => {
  api.proxy.rule = undefined;
  await api.kube.delete(`${GROUP}/namespaces/default/dataplanes/${NAME}`);
});

/** Answers as an API server without the kind does. */
function removeKind(): void {
  const resources = [{ name: 'workflowplanes', kind: 'WorkflowPlane' }];
  const list = {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'openchoreo.dev/v1alpha1',
    resources,
  };
  api.proxy.rule = (path) => {
    if (path.split('?')[0] === GROUP) return { status: 200, body: JSON.stringify(list) };
    return path.includes('/dataplanes')
      ? { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' }
      : undefined;
  };
}

test.each([
  ['an edit', 'PATCH', PLANE, () => ({ resourceVersion, changes: { displayName: 'mine' } })],
  ['a deletion', 'DELETE', PLANE, () => ({ confirm: NAME, uid })],
  ['a refresh', 'POST', `${PLANE}/refresh`, () => ({})],
] as const)('%s names the removed kind as the cause', async (_, method, path, body) => {
  removeKind();
  expect(await api.refused(method, path, body())).toMatchObject({
    code: 'not-installed',
    detail: "The API server doesn't serve dataplanes.openchoreo.dev.",
  });
});
