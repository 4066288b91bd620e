import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane;
let proxy: FaultProxy;
let runtime: Runtime;

beforeAll(async () => {
  demo = await sharedControlPlane();
  await new DataPlaneWriter(demo.controlPlane.client).create('prod');
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

test.each([403, 404, 500])(
  'shows planes with an unknown schema when the schemas answer %i',
  async (status) => {
    proxy.rule = (path) => (path.startsWith('/openapi/') ? { status } : undefined);
    runtime = startRuntime(proxy.kubeconfigPath);
    await untilLive(runtime);
    expect(planeNamed(runtime, 'prod')).toMatchObject({ schemaUnknown: true, reportsAgent: false });
    expect(planeNamed(runtime, 'prod')?.health.reasons[0]?.code).toBe('schema-unknown');
    expect(apiServer().state).toBe('reachable');
    expect(apiServer().problem).toContain("The schemas of the plane kinds can't be read.");

    proxy.rule = undefined;
    await until(runtime, () => planeNamed(runtime, 'prod')?.reportsAgent === true);
    await until(runtime, () => apiServer().problem === undefined);
    expect(planeNamed(runtime, 'prod')).not.toHaveProperty('schemaUnknown');
  },
);

test('reports that discovery is forbidden, and recovers automatically', async () => {
  proxy.rule = (path) => (path === '/apis/openchoreo.dev/v1alpha1' ? { status: 403 } : undefined);
  runtime = startRuntime(proxy.kubeconfigPath);
  await until(runtime, () => apiServer().state === 'reachable' && apiServer().problem !== undefined);
  expect(apiServer().problem).toContain("The installed plane kinds can't be read.");
  expect(runtime.engine.sources.wire()).toEqual([]);
  proxy.rule = undefined;
  await untilLive(runtime);
  expect(apiServer()).not.toHaveProperty('problem');
});
