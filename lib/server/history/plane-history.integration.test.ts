import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyAnswerSchema } from '@/lib/api/history';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/resolve-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { timeIn } from '@/testing/control-plane/plane-statuses';
import { planeNamed, startProcessRuntime, until } from '@/testing/server/test-runtime';
import { getPlaneHistory } from './get-plane-history';

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let runtime: Runtime;
let admin: Caller;

beforeAll(async () => {
  demo = await sharedControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  await writer.create('old');
  await writer.beat('old');
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  admin = await serviceCaller();
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const identity = (name: string) => ({ plural: 'dataplanes', namespace: 'default', name });
async function historyOf(name: string) {
  return historyAnswerSchema.parse(await getPlaneHistory(admin, identity(name)));
}
const changesOf = async (name: string) => (await historyOf(name)).entries.map(({ what }) => what);

test('records nothing about a plane that existed at the start, and returns the time since which it records', async () => {
  await until(runtime, () => planeNamed(runtime, 'old') !== undefined);
  const { entries, since, serverTime, truncated } = await historyOf('old');
  expect(entries).toEqual([]);
  expect(truncated).toBe(false);
  expect(Date.parse(since)).toBeLessThanOrEqual(Date.parse(serverTime));
  expect(Date.parse(since)).toBeGreaterThan(Date.now() - 120_000);
});

test('follows a plane from its creation to its deletion, without heartbeats', async () => {
  await writer.create('fresh');
  await until(runtime, () => planeNamed(runtime, 'fresh') !== undefined);
  expect(await changesOf('fresh')).toEqual(['first-seen']);

  await writer.beat('fresh');
  await until(runtime, () => planeNamed(runtime, 'fresh')?.agent?.connected === true);
  const afterBeat = await changesOf('fresh');
  expect(afterBeat).toContain('agent');
  const lastHeartbeatTime = timeIn(5000);
  await demo.controlPlane.client.patch(
    '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/fresh/status',
    { status: { agentConnection: { lastHeartbeatTime } } },
  );
  await until(runtime, () => planeNamed(runtime, 'fresh')?.agent?.lastHeartbeatTime === lastHeartbeatTime);
  expect(await changesOf('fresh')).toEqual(afterBeat);

  await writer.setSpec('fresh', { planeID: 'moved' });
  await until(runtime, () => planeNamed(runtime, 'fresh')?.generation === 2);
  expect((await changesOf('fresh')).slice(0, 1)).toEqual(['spec']);

  await writer.remove('fresh');
  await until(runtime, () => planeNamed(runtime, 'fresh') === undefined);
  const { entries } = await historyOf('fresh');
  expect(entries[0]).toMatchObject({ what: 'deletion', text: 'Plane deleted.' });
  expect(entries.at(-1)?.what).toBe('first-seen');
});

test('answers not-found for a plane that never existed', async () => {
  await expect(getPlaneHistory(admin, identity('nobody'))).rejects.toMatchObject({ code: 'not-found' });
});
