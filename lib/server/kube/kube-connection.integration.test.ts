import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { kubeconfigOf } from '@/testing/control-plane/kubeconfig';
import { planeNamed, sourceStates, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane<ControlPlane>;
let runtime: Runtime;

beforeAll(async () => {
  demo = await ownControlPlane();
  await new DataPlaneWriter(demo.controlPlane.client).create('prod');
});
afterAll(async () => {
  await demo?.stop();
});
afterEach(async () => {
  await runtime.stop();
});

const apiServer = () => runtime.engine.apiServer.wire();

describe('a credential that becomes invalid', () => {
  test('is reported when a client certificate has expired, and the replacement is used', async () => {
    const { kubeconfigPath } = await demo.controlPlane.addUser({
      name: 'late',
      groups: ['system:masters'],
      days: -1,
    });
    runtime = startRuntime(kubeconfigPath);
    await until(runtime, () => apiServer().state === 'unauthorized');
    expect(apiServer().lastContactAt).toBeNull();

    // Overwrites the expired one.
    await demo.controlPlane.addUser({ name: 'late', groups: ['system:masters'] });
    await untilLive(runtime);
    expect(planeNamed(runtime, 'prod')).toBeDefined();
    await runtime.identity.refresh();
    expect(runtime.identity.current()).toMatchObject({ user: 'late' });
  });

  test('is reported when a token is revoked, and the next one in its file is used', async () => {
    const tokenFile = join(demo.folder, 'token');
    await writeFile(tokenFile, await newServiceAccountToken());
    runtime = startRuntime(await tokenKubeconfig());
    await untilLive(runtime);
    await runtime.identity.refresh();
    expect(runtime.identity.current()).toMatchObject({ user: 'system:serviceaccount:default:reader' });

    await demo.controlPlane.client.delete('/api/v1/namespaces/default/serviceaccounts/reader');
    await until(runtime, () => apiServer().state === 'unauthorized');
    expect(planeNamed(runtime, 'prod')).toBeDefined();

    await writeFile(tokenFile, await newServiceAccountToken());
    await until(runtime, () => apiServer().state === 'reachable');
    await untilLive(runtime);
  });

  test('stays in use while its kubeconfig is half written', async () => {
    const { kubeconfigPath } = await demo.controlPlane.addUser({
      name: 'careful',
      groups: ['system:masters'],
    });
    runtime = startRuntime(kubeconfigPath);
    await untilLive(runtime);
    const text = await readFile(kubeconfigPath, 'utf8');
    await writeFile(kubeconfigPath, text.slice(0, text.length / 2));
    await expect(runtime.client.request({ path: '/version' })).resolves.toMatchObject({ status: 200 });
    runtime.client.connection.reload();
    await expect(runtime.client.request({ path: '/version' })).resolves.toMatchObject({ status: 200 });
  });
});

test('a kubeconfig that impersonates acts as that user in its groups, not as its own', async () => {
  const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'boss', groups: ['system:masters'] });
  const config = parse(await readFile(kubeconfigPath, 'utf8'));
  config.users[0].user.as = 'jane';
  config.users[0].user['as-groups'] = ['dev', 'ops'];
  await writeFile(kubeconfigPath, stringify(config));
  runtime = startRuntime(kubeconfigPath);
  await until(runtime, () => apiServer().state === 'reachable');
  const { body } = await runtime.client.request({
    method: 'POST',
    path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
  });
  expect(body).toMatchObject({
    status: { userInfo: { username: 'jane', groups: ['dev', 'ops', 'system:authenticated'] } },
  });
  await expect(runtime.client.request({ path: '/api/v1/secrets' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

describe('a kubeconfig that leads to another cluster', () => {
  test('has every kind listed again before any counts as live', async () => {
    const [first, second] = [
      await FaultProxy.start(demo.controlPlane, demo.folder),
      await FaultProxy.start(demo.controlPlane, await mkdtemp(join(demo.folder, 'second-'))),
    ];
    const lists = () => second.seen.filter((path) => path.includes('limit=500')).length;
    runtime = startRuntime(first.kubeconfigPath);
    await untilLive(runtime);
    const kinds = runtime.engine.sources.plurals().length;

    second.rule = (path) => (path.includes('limit=500') ? { status: 500 } : undefined);
    await writeFile(first.kubeconfigPath, await readFile(second.kubeconfigPath, 'utf8'));
    await until(runtime, () => sourceStates(runtime) === 'lost');
    second.rule = undefined;
    await untilLive(runtime);
    expect(lists()).toBeGreaterThanOrEqual(kinds);
    await runtime.stop();
    await Promise.all([first.stop(), second.stop()]);
  });
});

/**
 * Creates the service account `reader` of the namespace `default`, which may read everything, and returns a token of
 * it.
 */
async function newServiceAccountToken(): Promise<string> {
  const { client } = demo.controlPlane;
  await client.post('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'reader' } });
  const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
  if (!(await client.find(`${bindings}/reader`))) {
    await client.post(bindings, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'default', name: 'reader' }],
    });
  }
  const { status } = await client.post<{ status: { token: string } }>(
    '/api/v1/namespaces/default/serviceaccounts/reader/token',
    { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
  );
  return status.token;
}

async function tokenKubeconfig(): Promise<string> {
  const file = join(demo.folder, 'token.kubeconfig');
  const { server, caPem } = demo.controlPlane;
  // Relative to the kubeconfig, as kubectl accepts it.
  await writeFile(file, kubeconfigOf(server, { caPem, user: { tokenFile: 'token' } }));
  return file;
}
