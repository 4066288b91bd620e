import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { type FaultAnswer, FaultProxy } from '@/testing/control-plane/fault-proxy';
import { planeNamed, sourceStates, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

const NGINX_404: FaultAnswer = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>404 Not Found</title></head><body><center>nginx</center></body></html>',
};
const GO_404: FaultAnswer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
};
const SIGN_IN_PAGE: FaultAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><form>Sign in</form></html>',
};
const PAGE_403: FaultAnswer = { ...SIGN_IN_PAGE, status: 403 };
const REMEDY = 'Check the server URL in the kubeconfig';

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let proxy: FaultProxy;
let runtime: Runtime;

beforeAll(async () => {
  demo = await sharedControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  await writer.create('prod');
});
afterAll(async () => {
  await demo?.stop();
});
beforeEach(async () => {
  proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
});
afterEach(async () => {
  await runtime.stop();
  await proxy.stop();
});

const apiServer = () => runtime.engine.apiServer.wire();
const discoveries = () => proxy.seen.filter((path) => path === '/apis/openchoreo.dev/v1alpha1').length;

describe('while something else answers in place of the API server', () => {
  test.each([
    ["an ingress's 404", NGINX_404, REMEDY],
    ["Go's 404", GO_404, REMEDY],
    ["a sign-in page's 200", SIGN_IN_PAGE, REMEDY],
    ["a firewall's 403", PAGE_403, REMEDY],
    ['a 404 that looks like one of Kubernetes', { status: 404 }, 'made by a test'],
    ['a 503', { status: 503 }, 'made by a test'],
  ])('keeps all planes as old data: %s', async (_, answer, problem) => {
    await writer.create('deleted-meanwhile');
    runtime = startRuntime(proxy.kubeconfigPath);
    await untilLive(runtime);
    const before = discoveries();
    proxy.rule = () => answer;
    proxy.cut();
    await until(runtime, () => apiServer().state === 'unreachable' && sourceStates(runtime) === 'lost');
    runtime.catalog.readNow();
    await until(runtime, () => discoveries() >= before + 2);
    await writer.remove('deleted-meanwhile');
    await expect
      .poll(() => {
        expect(planeNamed(runtime, 'prod')).toBeDefined();
        expect(planeNamed(runtime, 'deleted-meanwhile')).toBeDefined();
        expect(apiServer()).toMatchObject({
          state: 'unreachable',
          problem: expect.stringContaining(problem),
        });
        return discoveries();
      })
      .toBeGreaterThanOrEqual(before + 3);

    proxy.rule = undefined;
    await untilLive(runtime);
    expect(planeNamed(runtime, 'prod')).toBeDefined();
    expect(planeNamed(runtime, 'deleted-meanwhile')).toBeUndefined();
    await until(runtime, () => apiServer().problem === undefined);
  });

  test.each([
    ['only for the group of the planes', GO_404],
    ['with an empty list of resources', resourceList([])],
  ])('keeps all planes as old data: %s', async (_, answer) => {
    runtime = startRuntime(proxy.kubeconfigPath);
    await untilLive(runtime);
    proxy.rule = (path) => (path.startsWith('/apis/openchoreo.dev/') ? answer : undefined);
    proxy.cut();
    await until(runtime, () => sourceStates(runtime) === 'lost' && apiServer().problem !== undefined);
    expect(apiServer()).toMatchObject({ state: 'reachable', problem: expect.stringContaining(REMEDY) });
    expect(planeNamed(runtime, 'prod')).toBeDefined();
    proxy.rule = undefined;
    await untilLive(runtime);
  });

  test.each([
    ["an ingress's 404", NGINX_404],
    ['a sign-in page', SIGN_IN_PAGE],
    ['another API', { status: 200, body: '{"hello":"world"}' }],
  ])('claims no contact and no missing installation after a start: %s', async (_, answer) => {
    proxy.rule = () => answer;
    runtime = startRuntime(proxy.kubeconfigPath);
    await until(runtime, () => apiServer().problem !== undefined);
    await until(runtime, () => discoveries() >= 2);
    expect(apiServer()).toMatchObject({
      state: 'unreachable',
      lastContactAt: null,
      problem: expect.stringContaining(REMEDY),
    });
    expect(runtime.catalog.state.kinds).toBeNull();
    proxy.rule = undefined;
    await untilLive(runtime);
  });
});

test("a server URL with a wrong path isn't a missing installation", async () => {
  const kubeconfig = await readFile(proxy.kubeconfigPath, 'utf8');
  const path = join(demo.folder, 'wrong-path.kubeconfig');
  await writeFile(path, kubeconfig.replace(/(https:\/\/127\.0\.0\.1:\d+)/, '$1/k8s/clusters/c-1'));
  runtime = startRuntime(path);
  await until(runtime, () => apiServer().state === 'unreachable');
  await until(runtime, () => proxy.seen.filter((seen) => seen.endsWith('/v1alpha1')).length >= 2);
  expect(apiServer()).toMatchObject({ state: 'unreachable', problem: expect.stringContaining(REMEDY) });
  expect(runtime.catalog.state.kinds).toBeNull();
});

function resourceList(resources: readonly object[]): FaultAnswer {
  const body = { kind: 'APIResourceList', groupVersion: 'openchoreo.dev/v1alpha1', resources };
  return { status: 200, body: JSON.stringify(body) };
}
