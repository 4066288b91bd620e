import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import {
  planeNamed,
  planesOf,
  startProcessRuntime,
  startRuntime,
  until,
  untilLive,
} from '@/testing/server/test-runtime';
import { getPlaneDetail } from './read-plane';

const PROD = { plural: 'dataplanes', namespace: 'default', name: 'prod' };
const NAMESPACED = `/apis/${PLANE_API_VERSION}/namespaces/default`;

let control: BareControlPlane;
let proxy: FaultProxy;
let runtime: Runtime;

beforeAll(async () => {
  control = await sharedControlPlane('1.2');
  const { client } = control.controlPlane;
  await new DataPlaneWriter(client).create('prod');
  await client.post(`${NAMESPACED}/workflowplanes`, {
    apiVersion: PLANE_API_VERSION,
    kind: 'WorkflowPlane',
    metadata: { name: 'builds', namespace: 'default' },
    spec: { planeID: 'builds', clusterAgent: { clientCA: { value: 'no PEM' } } },
  });
  await client.post('/api/v1/namespaces/default/secrets', { metadata: { name: 'registry-password' } });
});
afterAll(async () => {
  await control?.stop();
});
beforeEach(async () => {
  proxy = await FaultProxy.start(control.controlPlane, control.folder);
});
afterEach(async () => {
  await runtime?.stop();
  await proxy?.stop();
});

const dataPlanes = () => runtime.engine.sources.wire().find(({ plural }) => plural === 'dataplanes');
const isList = (path: string) => path.includes('/dataplanes?') && path.includes('limit=');
const isWatch = (path: string) => path.includes('/dataplanes?') && path.includes('watch=true');
const names = () => planesOf(runtime).map(({ kind, name }) => `${kind} ${name}`);
const everything = ['DataPlane prod', 'WorkflowPlane builds'];

/** Returns a rule that answers these requests with what the API server stores under another path. */
async function answerOf(path: string): Promise<{ status: number; body: string }> {
  return { status: 200, body: JSON.stringify(await control.controlPlane.client.get(path)) };
}

test.each([
  ['another plane kind', `/apis/${PLANE_API_VERSION}/workflowplanes`],
  ['Secrets', '/api/v1/secrets'],
])('a list of %s in place of the data planes is never shown', async (_, path) => {
  const other = await answerOf(path);
  proxy.rule = (requested, _method, { isMetadataList }) =>
    isList(requested) && !isMetadataList ? other : undefined;
  runtime = startRuntime(proxy.kubeconfigPath);
  await until(runtime, () => dataPlanes()?.problem?.includes("isn't a list of DataPlane") === true);
  expect(dataPlanes()?.state).toBe('syncing');
  await until(runtime, () => names().length > 0);
  expect(names()).toEqual(['WorkflowPlane builds']);
  proxy.rule = undefined;
  await untilLive(runtime);
  expect(names().toSorted()).toEqual(everything);
});

test('known planes are kept while a list of another kind is returned', async () => {
  runtime = startRuntime(proxy.kubeconfigPath);
  await untilLive(runtime);
  const other = await answerOf(`/apis/${PLANE_API_VERSION}/workflowplanes`);
  proxy.rule = (requested, _method, { isMetadataList }) => {
    if (isWatch(requested)) return { status: 410 };
    return isList(requested) && !isMetadataList ? other : undefined;
  };
  proxy.cut();
  await until(runtime, () => dataPlanes()?.problem?.includes("isn't a list of DataPlane") === true);
  expect(dataPlanes()?.state).toBe('lost');
  expect(names().toSorted()).toEqual(everything);
});

test.each(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'])(
  'a watch that reports %s about an object of another kind is broken',
  async (type) => {
    runtime = startRuntime(proxy.kubeconfigPath);
    await untilLive(runtime);
    const uid = planeNamed(runtime, 'prod')?.uid;
    const object = {
      apiVersion: PLANE_API_VERSION,
      kind: 'WorkflowPlane',
      metadata: { name: 'invented', namespace: 'default', uid, resourceVersion: '1' },
    };
    const event = { status: 200, body: `${JSON.stringify({ type, object })}\n` };
    proxy.rule = (requested) => (isWatch(requested) ? event : undefined);
    proxy.cut();
    await until(runtime, () => dataPlanes()?.problem?.includes("isn't a watch of DataPlane") === true);
    expect(names().toSorted()).toEqual(everything);
    proxy.rule = undefined;
    await untilLive(runtime);
  },
);

test('the fleet is kept while discovery returns that of another group', async () => {
  runtime = startRuntime(proxy.kubeconfigPath);
  await untilLive(runtime);
  const other = await answerOf('/apis/apps/v1');
  proxy.rule = (path) => (path === `/apis/${PLANE_API_VERSION}` ? other : undefined);
  runtime.catalog.readNow();
  await until(runtime, () => runtime.engine.apiServer.wire().problem !== undefined);
  expect(runtime.engine.apiServer.wire().problem).toContain("The installed plane kinds can't be read.");
  expect(names().toSorted()).toEqual(everything);
  proxy.rule = undefined;
  await until(runtime, () => runtime.engine.apiServer.wire().problem === undefined);
});

test.each([
  ['another plane', `${NAMESPACED}/workflowplanes/builds`],
  ['a Secret', '/api/v1/namespaces/default/secrets/registry-password'],
])("a plane's page never shows %s as the plane", async (_, path) => {
  runtime = await startProcessRuntime(proxy.kubeconfigPath);
  const caller = await serviceCaller();
  const other = await answerOf(path);
  proxy.rule = (requested) => (requested === `${NAMESPACED}/dataplanes/prod` ? other : undefined);
  await expect(getPlaneDetail(caller, PROD)).rejects.toMatchObject({ code: 'bad-answer' });
  proxy.rule = undefined;
  expect((await getPlaneDetail(caller, PROD)).plane.name).toBe('prod');
});
