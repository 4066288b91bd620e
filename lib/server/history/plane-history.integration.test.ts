import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PlaneEditRequest } from '@/lib/api/edit';
import { historyAnswerSchema } from '@/lib/api/history';
import { editPlane } from '@/lib/server/edit/edit-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
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

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';

test('names who wrote which fields: this server with the user, tools and their reverts, and other managers', async () => {
  const name = 'written';
  const { client } = demo.controlPlane;
  const patchAs = (manager: string, change: object) =>
    client.patch(`${DATA_PLANES}/${name}?fieldManager=${manager}`, change);
  const editHere = async (changes: PlaneEditRequest['changes']) => {
    const { metadata } = await client.get<{ metadata: { resourceVersion: string } }>(
      `${DATA_PLANES}/${name}`,
    );
    await editPlane(admin, identity(name), {
      resourceVersion: metadata.resourceVersion,
      changes,
      evenIfManaged: true,
    });
  };
  const newest = async (text: string) =>
    vi.waitFor(async () => expect((await historyOf(name)).entries[0]?.text).toBe(text), { timeout: 10_000 });
  await writer.create(name);
  await until(runtime, () => planeNamed(runtime, name) !== undefined);

  await patchAs('kustomize-controller', { spec: { planeID: 'from-git' } });
  await newest('Spec changed by Flux (kustomize-controller): spec.planeID. Generation 2, was 1.');
  await editHere({ spec: { planeID: 'by-hand' } });
  await newest('Spec changed by you: spec.planeID. Generation 3, was 2.');
  expect((await historyOf(name)).entries[0]?.write).toMatchObject({
    by: 'you',
    fields: [{ path: ['spec', 'planeID'], change: 'changed' }],
    planeID: { before: 'from-git', after: 'by-hand', written: 'from-git' },
  });
  await patchAs('kustomize-controller', { spec: { planeID: 'from-git' } });
  await newest(
    'Reverted by Flux (kustomize-controller): spec.planeID again has the value from before the change by you. Generation 4, was 3.',
  );

  const until1 = timeIn(3_600_000);
  await editHere({ maintenance: { until: until1, reason: 'New switches' } });
  await newest(`Maintenance set by you until ${until1.slice(0, 19).replace('T', ' ')} UTC: New switches.`);
  await editHere({ maintenance: null });
  await newest('Maintenance ended by you.');
  await patchAs('kubectl-label', { metadata: { labels: { team: 'blue' } } });
  await newest('Label team added by field manager kubectl-label.');
  await editHere({ displayName: 'Written' });
  await newest('Display name added by you.');

  // An inline secret: which field changed is told, and nothing of its value.
  const secret = 'hunter2-and-more';
  await patchAs('kubectl-edit', { spec: { clusterAgent: { clientCA: { value: secret } } } });
  await newest(
    'Spec changed by field manager kubectl-edit: spec.clusterAgent.clientCA.value. Generation 5, was 4.',
  );
  expect(JSON.stringify(await historyOf(name))).not.toContain(secret);
});

test('answers not-found for a plane that never existed', async () => {
  await expect(getPlaneHistory(admin, identity('nobody'))).rejects.toMatchObject({ code: 'not-found' });
});
