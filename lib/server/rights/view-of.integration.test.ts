import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { KubeConnection } from '@/lib/server/kube/kube-connection';
import { KubeError } from '@/lib/server/kube/kube-error';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type TestPlane, TestPlanes } from '@/testing/control-plane/test-planes';
import { readablePlanes, visiblePlanes } from '@/testing/rights/readable-planes';
import {
  createPerson,
  deletePerson,
  type Grant,
  grantTo,
  revokeFrom,
  SORTS,
  type Sort,
  tokenOf,
} from '@/testing/rights/test-people';
import { startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';
import type { Caller } from './caller';
import { People } from './people';
import { callerOfToken } from './token-caller';
import type { KindReach } from './view';
import { viewOf } from './view-of';

const ORIGIN = { id: 'test', source: null };

const OBSERVER = { observerURL: 'https://observer.example.com' };
const PLANES: readonly TestPlane[] = [
  { kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'prod' },
  { kind: 'DataPlane', namespace: 'acme', name: 'test', planeID: 'test' },
  { kind: 'DataPlane', namespace: 'beta', name: 'prod', planeID: 'beta' },
  { kind: 'DataPlane', namespace: 'gamma', name: 'prod', planeID: 'gamma' },
  { kind: 'WorkflowPlane', namespace: 'acme', name: 'builds', planeID: 'builds' },
  { kind: 'ObservabilityPlane', namespace: 'gamma', name: 'logs', planeID: 'logs', spec: OBSERVER },
  { kind: 'ClusterDataPlane', name: 'shared', planeID: 'shared' },
  { kind: 'ClusterDataPlane', name: 'other', planeID: 'other' },
];

let bare: BareControlPlane;
let runtime: Runtime;
let planes: TestPlanes;

beforeAll(async () => {
  bare = await sharedControlPlane();
  planes = await TestPlanes.create(bare.controlPlane);
  await planes.add(...PLANES);
  runtime = await startProcessRuntime(bare.controlPlane.kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === PLANES.length);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
});

async function callerWith(name: string, grants: readonly Grant[]): Promise<Caller> {
  const { token } = await createPerson(bare.controlPlane, name, grants);
  return callerOfToken(token, ORIGIN);
}

const readableBy = (caller: Caller) => readablePlanes(runtime, caller, ['acme', 'beta', 'gamma']);
const visibleTo = (caller: Caller) => visiblePlanes(runtime, caller);

test.each<[Sort, number, KindReach]>([
  ['cluster admin', 8, 'all'],
  ['plane admin', 8, 'all'],
  ["one namespace's admin", 3, 'some'],
  ["two namespaces' viewer", 4, 'some'],
  ['reader of one plane', 2, 'some'],
  ['lister without get', 8, 'all'],
  ['nobody', 0, 'none'],
])('%s sees exactly the %i planes that the API server answers with', async (sort, count, reach) => {
  const caller = await callerWith(sort.replaceAll(/[^a-z]+/g, '-'), SORTS[sort]);
  const visible = await visibleTo(caller);
  expect(visible).toEqual(await readableBy(caller));
  const view = await viewOf(caller);
  // What isn't there is as invisible as what may not be read.
  const mayListAll = view.reachOf('clusterdataplanes') === 'all';
  expect(view.sees({ plural: 'clusterdataplanes', name: 'missing' })).toBe(mayListAll);
  expect([visible.length, view.reachOf('dataplanes')]).toEqual([count, reach]);
});

describe('a view', () => {
  test('is the same for people with equal rights', async () => {
    const grants = SORTS["two namespaces' viewer"];
    const [one, other] = [await callerWith('twin-one', grants), await callerWith('twin-two', grants)];
    expect(one.id).not.toBe(other.id);
    expect((await viewOf(one)).key).toBe((await viewOf(other)).key);
    expect((await viewOf(one)).key).not.toBe((await viewOf(await callerWith('single', [grants[0]]))).key);
  });

  test('follows a right that is granted or taken away', async () => {
    const caller = await callerWith('changing', [SORTS["two namespaces' viewer"][0]]);
    const before = await visibleTo(caller);
    expect(before.every((name) => name.includes('/acme/'))).toBe(true);
    await grantTo(bare.controlPlane, 'changing', [SORTS["two namespaces' viewer"][1]]);
    await expect.poll(() => visibleTo(caller), { timeout: 30_000 }).toContain('dataplanes/beta/prod');
    await revokeFrom(bare.controlPlane, 'changing', 'acme');
    await expect.poll(() => visibleTo(caller), { timeout: 30_000 }).toEqual(['dataplanes/beta/prod']);
  });

  test('includes a namespace of its own as soon as it has a plane', async () => {
    const caller = await callerWith('newcomer', [
      { namespace: 'default', rules: SORTS["two namespaces' viewer"][0].rules },
    ]);
    expect(await visibleTo(caller)).toEqual([]);
    await planes.add({ kind: 'DataPlane', namespace: 'default', name: 'first', planeID: 'first' });
    await until(runtime, () => runtime.engine.peek(FIRST) !== undefined);
    expect(await visibleTo(caller)).toEqual(['dataplanes/default/first']);
  });

  test('takes few requests, and none for each plane', async () => {
    const caller = await callerWith('counted', SORTS["one namespace's admin"]);
    let requests = 0;
    const client = {
      request: (options: Parameters<Caller['client']['request']>[0]) => {
        requests += 1;
        return caller.client.request(options);
      },
    };
    await viewOf({ ...caller, client: client as unknown as Caller['client'] });
    const [kinds, namespaces] = [PLANE_KINDS.length, 4];
    // The rules of each namespace, and one review for each kind of its own namespace.
    expect(requests).toBeLessThanOrEqual(namespaces + 1 + kinds);
  });

  test.each(['plane admin', "one namespace's admin"] as const)(
    'shows the %s the same if the API server lists no rules',
    async (sort) => {
      const caller = await callerWith(`unlisted-${sort.replaceAll(/[^a-z]+/g, '-')}`, SORTS[sort]);
      const client = {
        request: (options: Parameters<Caller['client']['request']>[0]) =>
          options.path.includes('selfsubjectrulesreviews')
            ? Promise.reject(new KubeError('forbidden', 'No.', 403))
            : caller.client.request(options),
      };
      const unlisted = await viewOf({ ...caller, client: client as unknown as Caller['client'] });
      expect(unlisted.key).toBe((await viewOf(caller)).key);
    },
  );
});

const FIRST = { kind: 'DataPlane', namespace: 'default', name: 'first' };

describe('a token', () => {
  test("names its person, whose requests carry no credential of Planeboard's account", async () => {
    const caller = await callerWith('alice', []);
    expect(caller).toMatchObject({ user: 'system:serviceaccount:people:alice', isOwnAccount: false });
    expect(caller.groups).toContain('system:authenticated');
    await expect(caller.client.request({ path: '/api/v1/secrets' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('is refused when the API server rejects it, and leaves the account alone', async () => {
    const { generation } = runtime.client.connection;
    for (const token of ['not-a-token', '', 'two\nlines', 'x'.repeat(20_000)])
      await expect(callerOfToken(token, ORIGIN)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(runtime.client.connection.generation).toBe(generation);
    await expect(runtime.client.request({ path: '/api/v1/secrets' })).resolves.toBeDefined();
  });

  test("of a stranger doesn't take the place of a person's", async () => {
    const connection = new KubeConnection(
      kubeconfigLoader(null, { KUBECONFIG: bare.controlPlane.kubeconfigPath }),
      { onReloaded: () => {}, onReloadFailed: () => {}, onOtherCluster: () => {} },
    );
    const people = new People(connection, new ApiServerClock(), 2);
    const { token } = await createPerson(bare.controlPlane, 'regular', []);
    const { client } = await people.byToken(token);
    for (const stranger of ['one', 'two', 'three'])
      await expect(people.byToken(stranger)).rejects.toMatchObject({ code: 'unauthorized' });
    expect((await people.byToken(token)).client).toBe(client);
    await people.stop();
    await connection.close();
  });

  test('stops working when its account is deleted', async () => {
    const caller = await callerWith('leaver', SORTS['plane admin']);
    const token = await tokenOf(bare.controlPlane, 'leaver');
    await callerOfToken(token, ORIGIN);
    await viewOf(caller);
    await deletePerson(bare.controlPlane, 'leaver');
    await expect
      .poll(() => callerOfToken(token, ORIGIN).catch((error: { code: string }) => error.code), {
        timeout: 30_000,
      })
      .toBe('unauthenticated');
    await expect
      .poll(() => viewOf(caller).catch((error: { code: string }) => error.code), { timeout: 30_000 })
      .toBe('unauthorized');
  });
});
