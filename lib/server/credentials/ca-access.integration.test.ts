import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { GET } from '@/app/api/ca-access/route';
import { GET as metrics } from '@/app/metrics/route';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { caAccessSchema } from '@/lib/api/ca-access';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { callerOfToken } from '@/lib/server/rights/token-caller';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { viewOf } from '@/lib/server/rights/view-of';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { grant } from '@/testing/control-plane/kube-objects';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createPerson, SORTS } from '@/testing/rights/test-people';
import { serviceAccount } from '@/testing/server/service-account';
import {
  captureLog,
  planeNamed,
  startProcessRuntime,
  stopProcessRuntime,
  until,
} from '@/testing/server/test-runtime';

const BOARD = 'board';
const ROLES = '/apis/rbac.authorization.k8s.io/v1';

let bare: BareControlPlane;
let runtime: Runtime;
let kubeconfigPath: string;
let viewerToken: string;
let adminToken: string;
let metricsToken: string;

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'token');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', randomBytes(32).toString('base64'));
  clearProcessSlots();
  captureLog();
  bare = await sharedControlPlane();
  const { controlPlane } = bare;
  const { client } = controlPlane;
  const planes = await TestPlanes.create(controlPlane);
  const inSecret = (name: string) => ({
    clusterAgent: { clientCA: { secretKeyRef: { name, key: 'ca.crt' } } },
  });
  await planes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'own', planeID: 'a', spec: inSecret('own-ca') },
    { kind: 'DataPlane', namespace: 'gamma', name: 'other', planeID: 'b', spec: inSecret('other-ca') },
    { kind: 'DataPlane', namespace: 'acme', name: 'inline', planeID: 'c' },
  );
  const authority = await CertificateAuthority.create('agents', { days: 400 });
  const data = { 'ca.crt': Buffer.from(authority.certPem).toString('base64') };
  for (const [namespace, name] of [
    ['acme', 'own-ca'],
    ['gamma', 'other-ca'],
    ['acme', 'of-no-plane'],
  ])
    await client.post(`/api/v1/namespaces/${namespace}/secrets`, { metadata: { name }, data });
  // Planeboard's account may list planes, and read no Secret.
  const verbs = ['get', 'list', 'watch'];
  await grant(client, BOARD, [{ apiGroups: [PLANE_GROUP], resources: ['*'], verbs }]);
  ({ kubeconfigPath } = await controlPlane.addUser({ name: BOARD }));
  viewerToken = (await createPerson(controlPlane, 'ca-viewer', SORTS["two namespaces' viewer"])).token;
  await client.post(`${ROLES}/clusterroles`, {
    metadata: { name: 'read-metrics' },
    rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
  });
  ({ token: metricsToken } = await serviceAccount(client, 'read-metrics'));
  adminToken = (await createPerson(controlPlane, 'ca-admin', SORTS['cluster admin'])).token;
  runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => runtime.engine.controlPlane.uncheckedCas?.planes === 2);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
  vi.unstubAllEnvs();
});

async function accessOf(token: string) {
  const headers = { host: 'localhost:3000', authorization: `Bearer ${token}` };
  const response = await GET(new Request('http://localhost:3000/api/ca-access', { headers }));
  expect(response.status).toBe(200);
  return caAccessSchema.parse(await response.json());
}

function findingFor(view: View): unknown {
  const { findings } = runtime.snapshots.object(view).controlPlane;
  return findings.find(({ code }) => code === 'ca-secrets-not-checked')?.title;
}

test('counts the planes whose CA is not checked, for each person the visible ones', async () => {
  expect(planeNamed(runtime, 'own')?.facts.certificate.state).toBe('not-checked');
  expect(findingFor(WHOLE_FLEET)).toBe("The CAs of 2 planes aren't checked");
  const viewer = await callerOfToken(viewerToken, { id: 'test', source: null });
  expect(findingFor(await viewOf(viewer))).toBe("The CAs of 1 plane aren't checked");
  const answer = await metrics(
    new Request('http://localhost:3000/metrics', {
      headers: { host: 'localhost:3000', authorization: `Bearer ${metricsToken}` },
    }),
  );
  expect(await answer.text()).toContain('planeboard_unchecked_ca_planes 2');
});

test('shows a person only the Secrets of visible planes', async () => {
  const access = await accessOf(viewerToken);
  expect(access).toMatchObject({
    account: BOARD,
    planes: 1,
    unchecked: 1,
    secrets: [{ namespace: 'acme', name: 'own-ca' }],
  });
  expect(access.manifest).not.toContain('gamma');
});

test('the Roles let the account read exactly the CA Secrets', async () => {
  const { client } = bare.controlPlane;
  const { manifest, planes, unchecked } = await accessOf(adminToken);
  expect([planes, unchecked]).toEqual([2, 2]);
  for (const document of parseAllDocuments(manifest)) {
    const object = document.toJS() as { kind: string; metadata: { namespace: string } };
    const collection = object.kind === 'Role' ? 'roles' : 'rolebindings';
    await client.post(`${ROLES}/namespaces/${object.metadata.namespace}/${collection}`, object);
  }
  await stopProcessRuntime(runtime);
  captureLog();
  runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => planeNamed(runtime, 'other')?.facts.certificate.state === 'parsed');
  await until(runtime, () => planeNamed(runtime, 'own')?.facts.certificate.state === 'parsed');
  expect(await accessOf(adminToken)).toMatchObject({ planes: 2, unchecked: 0 });
  expect(findingFor(WHOLE_FLEET)).toBeUndefined();
  const unneeded = runtime.client.request({ path: '/api/v1/namespaces/acme/secrets/of-no-plane' });
  await expect(unneeded).rejects.toMatchObject({ code: 'forbidden' });
});
