import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { planesPath } from '@/lib/server/kube/api-paths';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { KubeConnection } from '@/lib/server/kube/kube-connection';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type TestPlane, TestPlanes } from '@/testing/control-plane/test-planes';
import { readablePlanes, visiblePlanes } from '@/testing/rights/readable-planes';
import { createUser, grantImpersonation, SORTS, type Sort } from '@/testing/rights/test-people';
import { startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';
import { callerOfImpersonation } from './impersonation-caller';
import { People } from './people';

const ORIGIN = { id: 'test', source: null };
const PLANES: readonly TestPlane[] = [
  { kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'prod' },
  { kind: 'DataPlane', namespace: 'acme', name: 'test', planeID: 'test' },
  { kind: 'DataPlane', namespace: 'beta', name: 'prod', planeID: 'beta' },
  { kind: 'DataPlane', namespace: 'gamma', name: 'prod', planeID: 'gamma' },
  { kind: 'WorkflowPlane', namespace: 'acme', name: 'builds', planeID: 'builds' },
  { kind: 'ClusterDataPlane', name: 'shared', planeID: 'shared' },
  { kind: 'ClusterDataPlane', name: 'other', planeID: 'other' },
];
/** Planeboard's account. It may read the fleet, and impersonate users and one group. */
const ACCOUNT = 'planeboard';

let bare: BareControlPlane;
let runtime: Runtime;
let kubeconfigPath: string;

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'proxy');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', Buffer.alloc(32, 7).toString('base64'));
  vi.stubEnv('PLANEBOARD_PROXY_SECRET', 'a secret of the proxy'.replaceAll(' ', '-').padEnd(32, 'x'));
  vi.stubEnv('PLANEBOARD_IMPERSONATE_GROUPS', 'platform, not-granted');
  clearProcessSlots();
  bare = await sharedControlPlane();
  const planes = await TestPlanes.create(bare.controlPlane);
  await planes.add(...PLANES);
  ({ kubeconfigPath } = await bare.controlPlane.addUser({ name: ACCOUNT }));
  await grantImpersonation(bare.controlPlane, ACCOUNT, ['platform']);
  await createUser(bare.controlPlane, ACCOUNT, [
    {
      rules: [
        { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] },
      ],
    },
  ]);
  runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === PLANES.length);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
  vi.unstubAllEnvs();
});

const callerOf = (user: string, groups: readonly string[] = []) =>
  callerOfImpersonation({ user, groups }, ORIGIN);

test.each<[Sort, number]>([
  ['cluster admin', 7],
  ['plane admin', 7],
  ["one namespace's admin", 3],
  ["two namespaces' viewer", 4],
  ['reader of one plane', 2],
  ['lister without get', 7],
  ['nobody', 0],
])('an impersonated %s sees exactly the %i planes that the API server answers with', async (sort, count) => {
  const user = `oidc:${sort.replaceAll(/[^a-z]+/g, '-')}@example.com`;
  await createUser(bare.controlPlane, user, SORTS[sort]);
  const caller = await callerOf(user);
  expect(caller).toMatchObject({ user, isOwnAccount: false, groups: ['system:authenticated'] });
  const visible = await visiblePlanes(runtime, caller);
  expect(visible).toEqual(await readablePlanes(runtime, caller, ['acme', 'beta', 'gamma']));
  expect(visible).toHaveLength(count);
});

describe('a person', () => {
  test('has only the rights of the impersonated user, never those of the account', async () => {
    const caller = await callerOf('oidc:nobody');
    for (const path of ['/api/v1/secrets', planesPath({ plural: 'dataplanes', namespace: undefined })]) {
      await expect(caller.client.request({ path })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(runtime.client.request({ path })).resolves.toBeDefined();
    }
    expect(caller.client).not.toBe(runtime.client);
  });

  test('has the groups of the allow-list alone', async () => {
    const caller = await callerOf('oidc:maya', ['platform', 'system:masters', 'finance', 'Platform']);
    expect([...caller.groups].toSorted()).toEqual(['platform', 'system:authenticated']);
  });

  test('has the same client for the same groups in any order, and another one for others', async () => {
    const { people } = runtime;
    const one = await people.byImpersonation({ user: 'maya', groups: ['platform'] });
    expect((await people.byImpersonation({ user: 'maya', groups: ['platform', 'platform'] })).client).toBe(
      one.client,
    );
    expect((await people.byImpersonation({ user: 'maya', groups: [] })).client).not.toBe(one.client);
    expect((await people.byImpersonation({ user: 'noor', groups: ['platform'] })).client).not.toBe(
      one.client,
    );
  });

  test.each([
    'system:admin',
    'system:serviceaccount:kube-system:default',
    'system:anonymous',
    '',
    ' ',
    'naïve',
  ])('is never %j', async (user) => {
    await expect(callerOf(user)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  test('whose group the account may not impersonate is refused, not reduced', async () => {
    await expect(callerOf('oidc:maya', ['not-granted'])).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('not-granted'),
    });
  });

  test("can't have system:masters, even if the allow-list is bypassed", async () => {
    await expect(
      runtime.people.byImpersonation({ user: 'maya', groups: ['system:masters'] }),
    ).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('an API server behind a proxy that drops headers', () => {
  /** Answers every review with an identity, as the API server would that never saw the headers. */
  async function peopleBehind(username: string, groups: readonly string[]) {
    const { certPem, keyPem } = await bare.controlPlane.addUser({ name: '127.0.0.1' });
    const server = createTlsServer({ cert: certPem, key: keyPem }, (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ kind: 'SelfSubjectReview', status: { userInfo: { username, groups } } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const load = kubeconfigLoader(null, { KUBECONFIG: kubeconfigPath });
    const connection = new KubeConnection(
      () => {
        const loaded = load();
        const cluster = loaded.kubeConfig.getCurrentCluster();
        const serverUrl = `https://127.0.0.1:${port}`;
        Object.assign(cluster as object, { server: serverUrl, skipTLSVerify: true, caData: undefined });
        return { ...loaded, serverUrl };
      },
      { onReloaded: () => {}, onReloadFailed: () => {}, onOtherCluster: () => {} },
    );
    const people = new People(connection, new ApiServerClock());
    const close = async () => {
      await people.stop();
      await connection.close();
      server.close();
      server.closeAllConnections();
    };
    return { people, close };
  }

  test.each([
    ["Planeboard's account", ACCOUNT, ['system:authenticated']],
    ['a member of more groups', 'maya', ['platform', 'system:masters', 'system:authenticated']],
    ['a member of fewer groups', 'maya', ['system:authenticated']],
    ['nobody', 'system:anonymous', ['system:unauthenticated']],
  ])('nobody becomes %s', async (_, username, groups) => {
    const { people, close } = await peopleBehind(username, groups);
    await expect(people.byImpersonation({ user: 'maya', groups: ['platform'] })).rejects.toMatchObject({
      code: 'unauthorized',
    });
    await close();
  });
});
