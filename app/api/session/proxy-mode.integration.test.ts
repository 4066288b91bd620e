import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { POST as inspect } from '@/app/api/certificates/inspect/route';
import { PATCH as patchPlane } from '@/app/api/planes/[...segments]/route';
import { GET as planes } from '@/app/api/planes/route';
import { GET as stream } from '@/app/api/planes/stream/route';
import { POST as refresh } from '@/app/api/session/refresh/route';
import { GET as read, POST as signIn } from '@/app/api/session/route';
import { problemSchema } from '@/lib/api/problem';
import { CSRF_HEADER, type ProxySession, pageSessionSchema } from '@/lib/api/session';
import { PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createUser, grantImpersonation, SORTS } from '@/testing/rights/test-people';
import { serviceAccount } from '@/testing/server/service-account';
import { captureLog, startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';

const ORIGIN = 'http://localhost:3000';
const SECRET = `canary-${randomBytes(32).toString('hex')}`;
/** Planeboard's account. It may do everything with planes, and impersonate users and one group. */
const ACCOUNT = 'planeboard';
const ENV = {
  PLANEBOARD_AUTH: 'proxy,token',
  PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
  PLANEBOARD_PROXY_SECRET: SECRET,
  PLANEBOARD_PROXY_SIGN_OUT_URL: '/oauth2/sign_out',
  PLANEBOARD_PROXY_USER_PREFIX: 'oidc:',
  PLANEBOARD_PROXY_GROUPS_PREFIX: 'oidc:',
  PLANEBOARD_IMPERSONATE_GROUPS: 'oidc:platform',
};

let plane: BareControlPlane;
let runtime: Runtime;
let kubeconfigPath: string;
let lines: string[];

beforeAll(async () => {
  for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value);
  clearProcessSlots();
  lines = captureLog();
  plane = await sharedControlPlane();
  ({ kubeconfigPath } = await plane.controlPlane.addUser({ name: ACCOUNT }));
  await grantImpersonation(plane.controlPlane, ACCOUNT, ['oidc:platform']);
  await createUser(plane.controlPlane, ACCOUNT, SORTS['plane admin']);
  await createUser(plane.controlPlane, 'oidc:maya', SORTS["one namespace's admin"]);
  await createUser(plane.controlPlane, 'oidc:noor', []);
  const { client } = plane.controlPlane;
  await client.post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'platform' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'person-oidc-maya-acme' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oidc:platform' }],
  });
  const testPlanes = await TestPlanes.create(plane.controlPlane);
  await testPlanes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'prod' },
    { kind: 'DataPlane', namespace: 'beta', name: 'prod', planeID: 'beta' },
  );
  runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === 2);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await plane?.stop();
  vi.unstubAllEnvs();
});

function requestOf(
  method: string,
  path: string,
  fields: Record<string, string>,
  body: unknown = {},
): Request {
  return new Request(`${ORIGIN}${path}`, {
    method,
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    headers: {
      host: 'localhost:3000',
      'sec-fetch-site': 'same-origin',
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', origin: ORIGIN }),
      ...fields,
    },
  });
}

/** What the proxy adds to a person's requests. */
function named(user: string, groups = ''): Record<string, string> {
  return { 'x-forwarded-user': user, 'x-forwarded-groups': groups, [PROXY_SECRET_HEADER]: SECRET };
}

async function codeOf(response: Response): Promise<string> {
  return problemSchema.parse(await response.json()).code;
}

async function sessionOf(fields: Record<string, string>): Promise<ProxySession> {
  const session = pageSessionSchema.parse(await (await read(requestOf('GET', '/', fields))).json());
  if (session.mode !== 'proxy') throw new Error('The proxy names nobody.');
  return session;
}

async function visibleTo(fields: Record<string, string>): Promise<string[]> {
  const answer = (await (await planes(requestOf('GET', '/api/planes', fields))).json()) as {
    planes: { namespace: string; name: string }[];
  };
  return answer.planes.map(({ namespace, name }) => `${namespace}/${name}`).toSorted();
}

describe('a person whom the proxy names', () => {
  test('is told who they are, and gets a CSRF value and the way out', async () => {
    expect(await sessionOf(named('maya', 'platform,finance'))).toEqual({
      mode: 'proxy',
      user: 'oidc:maya',
      groups: expect.arrayContaining(['oidc:platform', 'system:authenticated']),
      csrf: expect.stringMatching(/^[\w-]{43}$/),
      signOutUrl: '/oauth2/sign_out',
    });
  });

  test("sees what they and their groups may read, and nothing of Planeboard's account", async () => {
    expect(await visibleTo(named('maya'))).toEqual(['acme/prod']);
    expect(await visibleTo(named('noor', 'platform'))).toEqual(['acme/prod', 'beta/prod']);
    expect(await visibleTo(named('noor', 'system:masters,admins'))).toEqual([]);
    expect(await visibleTo(named('stranger'))).toEqual([]);
  });

  test('opens pages', async () => {
    const caller = await resolvePageCaller(new Headers({ host: 'localhost:3000', ...named('maya') }));
    expect(caller).toMatchObject({ user: 'oidc:maya', isOwnAccount: false });
  });

  test('keeps a stream no longer than a session could be idle', async () => {
    const caller = await resolvePageCaller(new Headers({ host: 'localhost:3000', ...named('maya') }));
    expect(caller.sessionEndsAtMs).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    const abort = new AbortController();
    const request = new Request(`${ORIGIN}/api/planes/stream`, {
      headers: { host: 'localhost:3000', ...named('noor') },
      signal: abort.signal,
    });
    expect((await stream(request)).status).toBe(200);
    abort.abort();
  });

  test('has no session to renew', async () => {
    const { csrf } = await sessionOf(named('maya'));
    const answer = await refresh(requestOf('POST', '/', { ...named('maya'), [CSRF_HEADER]: csrf }));
    expect(await codeOf(answer)).toBe('bad-request');
  });

  test("writes with their own rights, and never with those of Planeboard's account", async () => {
    const write = async (user: string, namespace: string) => {
      const fields = named(user);
      const { csrf } = await sessionOf(fields);
      const path = ['dataplanes', namespace, 'prod'];
      const { metadata } = await plane.controlPlane.client.get<{ metadata: { resourceVersion: string } }>(
        `/apis/openchoreo.dev/v1alpha1/namespaces/${namespace}/dataplanes/prod`,
      );
      const body = { resourceVersion: metadata.resourceVersion, changes: { displayName: 'Production' } };
      const request = requestOf('PATCH', '/', { ...fields, [CSRF_HEADER]: csrf }, body);
      const context = { params: Promise.resolve({ segments: path }) } as Parameters<typeof patchPlane>[1];
      return patchPlane(request, context);
    };
    expect((await write('maya', 'acme')).status).toBe(200);
    expect(['forbidden', 'not-found']).toContain(await codeOf(await write('maya', 'beta')));
    expect(['forbidden', 'not-found']).toContain(await codeOf(await write('noor', 'acme')));
    const audited = lines
      .filter((line) => line.includes('"stage":"outcome"'))
      .map((line) => JSON.parse(line));
    expect(audited.find(({ outcome }) => outcome === 'done')).toMatchObject({ user: 'oidc:maya' });
  });

  test("is named by the proxy, also beside somebody's session", async () => {
    const { token } = await serviceAccount(plane.controlPlane.client);
    const signedIn = await signIn(requestOf('POST', '/', {}, { token }));
    const cookie = signedIn.headers
      .getSetCookie()
      .filter((text) => !text.includes('Max-Age=0'))
      .map((text) => text.split(';')[0])
      .join('; ');
    const { csrf } = pageSessionSchema.parse(await signedIn.json());
    expect((await sessionOf({ ...named('maya'), cookie })).user).toBe('oidc:maya');
    const fields = { ...named('maya'), cookie, [CSRF_HEADER]: csrf };
    expect(await codeOf(await inspect(requestOf('POST', '/', fields)))).toBe('csrf');
  });

  test("can't send a bearer token too", async () => {
    const fields = { ...named('maya'), authorization: 'Bearer abc' };
    expect(await codeOf(await planes(requestOf('GET', '/', fields)))).toBe('bad-request');
  });
});

describe('without proof', () => {
  test.each<[string, Record<string, string>]>([
    ['no secret', { 'x-forwarded-user': 'maya' }],
    ['a wrong secret', { 'x-forwarded-user': 'maya', [PROXY_SECRET_HEADER]: SECRET.slice(0, -1) }],
    ['two users', { ...named('maya'), 'x-forwarded-user': 'maya, admin' }],
    ['impersonation headers', { 'impersonate-user': 'maya', 'impersonate-group': 'system:masters' }],
    ['headers of another product', { 'x-auth-request-user': 'maya', 'x-remote-user': 'maya' }],
  ])('nobody is signed in with %s', async (_, fields) => {
    for (const route of [planes, read])
      expect(await codeOf(await route(requestOf('GET', '/', fields)))).toBe('unauthenticated');
    await expect(resolvePageCaller(new Headers({ host: 'localhost:3000', ...fields }))).rejects.toMatchObject(
      {
        code: 'unauthenticated',
      },
    );
  });

  test.each(['system:masters', 'system:admin', 'system:serviceaccount:kube-system:default'])(
    'a user %s is only ever one with the prefix',
    async (user) => {
      expect((await sessionOf(named(user))).user).toBe(`oidc:${user}`);
      expect(await visibleTo(named(user))).toEqual([]);
    },
  );
});

test("the proxy's secret and the CSRF value are never logged", async () => {
  const { csrf } = await sessionOf(named('maya'));
  const log = lines.join('\n');
  for (const secret of [SECRET, SECRET.slice(0, -1), csrf]) expect(log).not.toContain(secret);
});
