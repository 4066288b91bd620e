import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { GET as planes } from '@/app/api/planes/route';
import { POST as refresh } from '@/app/api/session/refresh/route';
import { GET as read, DELETE as signOut } from '@/app/api/session/route';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { CLIENT_ID } from '@/demo/identity-provider/provider-settings';
import { browserSessionSchema } from '@/lib/api/session';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createUser, grantImpersonation } from '@/testing/rights/test-people';
import { providerEnv, signInAt } from '@/testing/server/provider-sign-in';
import { TestBrowser } from '@/testing/server/test-browser';
import { captureLog, startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';

/** Planeboard's account. It may read the fleet, and impersonate users and one group. */
const ACCOUNT = 'planeboard-oidc';
const READ = { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] };

let provider: IdentityProvider;
let bare: BareControlPlane;
let runtime: Runtime | undefined;

beforeAll(async () => {
  captureLog();
  provider = await IdentityProvider.start({ people: DEMO_PEOPLE });
  bare = await sharedControlPlane();
  const caFile = join(bare.folder, 'provider-ca.pem');
  await writeFile(caFile, provider.caPem);
  for (const [name, value] of Object.entries(providerEnv(provider, caFile))) vi.stubEnv(name, value);
  vi.stubEnv('PLANEBOARD_IMPERSONATE', 'true');
  vi.stubEnv('PLANEBOARD_IMPERSONATE_GROUPS', 'oidc:retail-admins');
  clearProcessSlots();
  const { controlPlane } = bare;
  const fleet = await TestPlanes.create(controlPlane);
  await fleet.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'prod', planeID: 'prod' },
    { kind: 'DataPlane', namespace: 'beta', name: 'prod', planeID: 'beta' },
  );
  const { kubeconfigPath } = await controlPlane.addUser({ name: ACCOUNT });
  await createUser(controlPlane, ACCOUNT, [{ rules: [READ] }]);
  await grantImpersonation(controlPlane, ACCOUNT, ['oidc:retail-admins']);
  await createUser(controlPlane, 'oidc:noor', [{ namespace: 'acme', rules: [READ] }]);
  runtime = await startProcessRuntime(kubeconfigPath);
  const started = runtime;
  await until(started, () => [...started.engine.planes()].length === 2);
});
afterEach(() => provider.setPeople(DEMO_PEOPLE));
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
  await provider?.stop();
  vi.unstubAllEnvs();
});

async function sessionOf(browser: TestBrowser) {
  const session = browserSessionSchema.parse(await (await read(browser.request('GET', '/'))).json());
  browser.csrf = session.csrf;
  return session;
}

async function namespacesSeenBy(browser: TestBrowser): Promise<string[]> {
  const answer = (await (await planes(browser.request('GET', '/api/planes'))).json()) as {
    planes: { namespace: string }[];
  };
  return answer.planes.map(({ namespace }) => namespace);
}

test('a person acts with the rights that the API server grants to the impersonated names', async () => {
  const browser = new TestBrowser();
  expect(await signInAt(provider, browser, 'noor')).toBe('/register');
  const session = await sessionOf(browser);
  expect(session.user).toBe('oidc:noor');
  expect(session.groups.toSorted()).toEqual(['oidc:retail-admins', 'system:authenticated']);
  // Without an ID token in the session, only the idle time limits it.
  expect(session.usableUntil).toBe(session.idleEndsAt);
  expect(await namespacesSeenBy(browser)).toEqual(['acme']);
});

test('groups that are not on the list are left out', async () => {
  provider.setPeople(DEMO_PEOPLE.map((one) => ({ ...one, groups: ['platform-admins', 'retail-admins'] })));
  const browser = new TestBrowser();
  await signInAt(provider, browser, 'kim');
  expect((await sessionOf(browser)).groups.toSorted()).toEqual([
    'oidc:retail-admins',
    'system:authenticated',
  ]);
  expect(await namespacesSeenBy(browser)).toEqual([]);
});

test('a person in two hundred groups has a short session', async () => {
  const groups = Array.from({ length: 200 }, () => crypto.randomUUID());
  provider.setPeople(DEMO_PEOPLE.map((one) => ({ ...one, groups: [...groups, 'retail-admins'] })));
  const browser = new TestBrowser();
  await signInAt(provider, browser, 'noor');
  expect((await sessionOf(browser)).groups).toHaveLength(2);
  expect(browser.cookieHeader.length).toBeLessThan(1500);
});

test('a renewal reads the groups again, and ends the session of a person who has left', async () => {
  const browser = new TestBrowser();
  await signInAt(provider, browser, 'noor');
  await sessionOf(browser);
  provider.setPeople(DEMO_PEOPLE.map((one) => ({ ...one, groups: [] })));
  const renewed = browser.keep(await refresh(browser.request('POST', '/')));
  expect(browserSessionSchema.parse(await renewed.json()).groups).toEqual(['system:authenticated']);
  provider.setPeople([]);
  expect((await refresh(browser.request('POST', '/'))).status).toBe(401);
});

test.each([
  ['system:admin', 'rejected'],
  ['', 'unnamed'],
])('a provider that names a person %j lets no one in', async (name, failure) => {
  vi.stubEnv('PLANEBOARD_OIDC_USER_CLAIM', 'login');
  vi.stubEnv('PLANEBOARD_OIDC_USER_PREFIX', '-');
  const kept = runtime;
  clearProcessSlots();
  const { processSlot } = await import('@/lib/server/process/process-slot');
  processSlot('runtime', () => kept);
  provider.extraClaims = { login: name };
  try {
    expect(await signInAt(provider, new TestBrowser(), 'noor')).toBe(
      `/login?failed=${failure}&next=%2Fregister`,
    );
  } finally {
    provider.extraClaims = {};
    vi.stubEnv('PLANEBOARD_OIDC_USER_CLAIM', '');
    vi.stubEnv('PLANEBOARD_OIDC_USER_PREFIX', '');
    clearProcessSlots();
    processSlot('runtime', () => kept);
  }
});

test('a sign-out leads to the provider without a token', async () => {
  const browser = new TestBrowser();
  await signInAt(provider, browser, 'noor');
  await sessionOf(browser);
  const { next } = (await (await signOut(browser.request('DELETE', '/'))).json()) as { next: string };
  expect(new URL(next).searchParams.has('id_token_hint')).toBe(false);
  expect(new URL(next).searchParams.get('client_id')).toBe(CLIENT_ID);
});
