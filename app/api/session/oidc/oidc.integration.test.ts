import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt, importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { GET as catalog } from '@/app/api/catalog/route';
import { GET as finish } from '@/app/api/session/oidc/callback/route';
import { GET as begin } from '@/app/api/session/oidc/route';
import { POST as refresh } from '@/app/api/session/refresh/route';
import { GET as read, DELETE as signOut } from '@/app/api/session/route';
import { oidcFlags } from '@/demo/identity-provider/api-server-flags';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { CLIENT_ID, CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import { problemSchema } from '@/lib/api/problem';
import { browserSessionSchema } from '@/lib/api/session';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { providerCallback, providerEnv, signInAt } from '@/testing/server/provider-sign-in';
import { TestBrowser } from '@/testing/server/test-browser';
import { captureLog, startProcessRuntime, stopProcessRuntime } from '@/testing/server/test-runtime';

const ID_TOKEN_SECONDS = 300;
const MINUTE_MS = 60_000;

let folder: string;
let provider: IdentityProvider;
let plane: BareControlPlane;
let runtime: Runtime | undefined;
let lines: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planeboard-oidc-'));
  const caFile = join(folder, 'ca.pem');
  provider = await IdentityProvider.start({ people: DEMO_PEOPLE });
  provider.idTokenSeconds = ID_TOKEN_SECONDS;
  await writeFile(caFile, provider.caPem);
  for (const [name, value] of Object.entries(providerEnv(provider, caFile))) vi.stubEnv(name, value);
  clearProcessSlots();
  plane = await ownControlPlane(undefined, oidcFlags(provider.issuer, caFile));
  vi.stubEnv('KUBECONFIG', plane.controlPlane.kubeconfigPath);
  lines = captureLog();
  runtime = await startProcessRuntime(plane.controlPlane.kubeconfigPath);
  // The API server reads the provider's keys some time after its start.
  while ((await signIn(new TestBrowser())) !== '/register') await sleep(500);
}, 90_000);
afterEach(() => {
  vi.useRealTimers();
  provider.tamper = null;
  provider.setPeople(DEMO_PEOPLE);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await plane?.stop();
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

function callbackOf(browser: TestBrowser, person: string | null, next?: string): Promise<Request> {
  return providerCallback(provider, browser, person, next);
}

function signIn(browser: TestBrowser, person: string | null = 'maya', next?: string): Promise<string> {
  return signInAt(provider, browser, person, next);
}

async function sessionOf(browser: TestBrowser) {
  const session = browserSessionSchema.parse(
    await (await read(browser.request('GET', '/api/session'))).json(),
  );
  browser.csrf = session.csrf;
  return session;
}

async function codeOf(response: Response): Promise<string> {
  return problemSchema.parse(await response.json()).code;
}

/** Signs claims as the provider does. */
async function signed(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: provider.signingKey.kid ?? '' })
    .sign(await importJWK(provider.signingKey, 'RS256'));
}

/** Has the provider issue ID tokens by a clock that is so far ahead of the API server's, in seconds. */
function setProviderAhead(seconds: number): void {
  provider.tamper = async (answer) => {
    const claims = decodeJwt(String(answer.id_token));
    const { iat = 0, exp = 0 } = claims;
    return {
      ...answer,
      id_token: await signed({ ...claims, iat: iat + seconds, nbf: iat + seconds, exp: exp + seconds }),
    };
  };
}

function lastAudit(): Record<string, unknown> {
  return JSON.parse(lines.findLast((line) => line.includes('"log":"audit"')) ?? '{}');
}

describe('signing in with the provider', () => {
  test('opens the page that was wanted, as the person whom the API server names', async () => {
    const browser = new TestBrowser();
    expect(await signIn(browser)).toBe('/register');
    const session = await sessionOf(browser);
    expect(session).toMatchObject({ mode: 'oidc', user: 'oidc:maya' });
    expect(session.groups).toContain('oidc:platform-admins');
    expect(browser.cookieNames).toEqual(['planeboard-3000']);
    expect(lastAudit()).toMatchObject({ event: 'sign-in', mode: 'oidc', user: 'oidc:maya' });
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
  });

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/login'])(
    'never leads to %s',
    async (next) => {
      expect(await signIn(new TestBrowser(), 'maya', next)).toBe('/');
    },
  );

  test.each([{ 'x-forwarded-host': 'evil.example' }, { forwarded: 'host=evil.example;proto=https' }])(
    'leads back to its own address, also with %j',
    async (fields) => {
      const start = await begin(new TestBrowser().request('GET', '/api/session/oidc', undefined, fields));
      const location = start.headers.get('location') ?? '';
      expect(location).not.toContain('evil.example');
      expect(new URL(location).searchParams.get('redirect_uri')).toBe(
        'http://localhost:3000/api/session/oidc/callback',
      );
    },
  );

  test('replaces a session that someone has planted in the browser', async () => {
    const attacker = new TestBrowser();
    await signIn(attacker, 'noor');
    const theirs = await sessionOf(attacker);
    const browser = new TestBrowser();
    browser.keep(new Response(null, { headers: { 'set-cookie': attacker.cookieHeader } }));
    expect((await sessionOf(browser)).user).toBe('oidc:noor');
    await signIn(browser, 'maya');
    const own = await sessionOf(browser);
    expect(own.user).toBe('oidc:maya');
    expect(own.csrf).not.toBe(theirs.csrf);
    expect((await sessionOf(attacker)).user).toBe('oidc:noor');
  });

  test('works in two tabs at once', async () => {
    const browser = new TestBrowser();
    const first = await callbackOf(browser, 'maya', '/a');
    const second = await callbackOf(browser, 'maya', '/b');
    const cookie = browser.cookieHeader;
    const inBrowser = (request: Request) =>
      new Request(request, { headers: { ...Object.fromEntries(request.headers), cookie } });
    expect((await finish(inBrowser(second))).headers.get('location')).toBe('/b');
    expect((await finish(inBrowser(first))).headers.get('location')).toBe('/a');
  });

  test('that was begun in another browser is refused', async () => {
    const victim = new TestBrowser();
    const theirs = await callbackOf(new TestBrowser(), 'noor');
    const url = new URL(theirs.url);
    const response = victim.keep(await finish(victim.request('GET', `${url.pathname}${url.search}`)));
    expect(response.headers.get('location')).toBe('/login?failed=expired');
    expect(victim.cookieHeader).toBe('');
    expect(lastAudit()).toMatchObject({ event: 'sign-in-refused', mode: 'oidc', reason: 'expired' });
  });

  test('that nobody began is logged once a minute for each source', async () => {
    const refusals = () => lines.filter((line) => line.includes('"reason":"expired"')).length;
    const visit = () => finish(new TestBrowser().request('GET', '/api/session/oidc/callback?code=x&state=x'));
    await visit();
    const first = refusals();
    expect(first).toBeGreaterThan(0);
    for (let count = 0; count < 20; count += 1) await visit();
    expect(refusals()).toBe(first);
  });

  test('works once', async () => {
    const browser = new TestBrowser();
    const callback = await callbackOf(browser, 'maya');
    await finish(callback.clone());
    const again = await finish(callback);
    expect(again.headers.get('location')).toBe('/login?failed=refused&next=%2Fregister');
    expect(again.headers.getSetCookie().some((cookie) => cookie.startsWith('planeboard-3000='))).toBe(false);
  });

  test('leads back to the sign-in page if it is cancelled, or takes too long', async () => {
    expect(await signIn(new TestBrowser(), null)).toBe('/login?failed=cancelled&next=%2Fregister');
    const browser = new TestBrowser();
    const callback = await callbackOf(browser, 'maya');
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.advanceTimersByTime(11 * MINUTE_MS);
    expect((await finish(callback)).headers.get('location')).toBe('/login?failed=expired');
  });

  test('is refused for a person whose groups were left out', async () => {
    const overage = [{ ...DEMO_PEOPLE[0], id: 'maya', name: 'Maya', email: 'm@acme.example', groups: [] }];
    provider.setPeople(overage);
    provider.extraClaims = { _claim_names: { groups: 'src1' } };
    expect(await signIn(new TestBrowser())).toBe('/login?failed=too-many-groups&next=%2Fregister');
    provider.extraClaims = {};
  });

  test.each([-ID_TOKEN_SECONDS - 20, -ID_TOKEN_SECONDS - 3600, 3600])(
    "is refused if the provider's clock is %i s ahead: Planeboard or the API server rejects the ID token",
    async (seconds) => {
      setProviderAhead(seconds);
      expect(await signIn(new TestBrowser())).toMatch(/^\/login\?failed=(rejected|untrusted)&/);
      expect(lastAudit()).toMatchObject({ event: 'sign-in-refused', mode: 'oidc' });
    },
  );

  test.each([-20, 5])("succeeds if the provider's clock is %i s ahead", async (seconds) => {
    setProviderAhead(seconds);
    const browser = new TestBrowser();
    expect(await signIn(browser)).toBe('/register');
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
  });

  test('keeps two hundred groups within the cookies', async () => {
    const groups = Array.from({ length: 200 }, () => crypto.randomUUID());
    provider.setPeople(DEMO_PEOPLE.map((person) => ({ ...person, groups })));
    const browser = new TestBrowser();
    expect(await signIn(browser)).toBe('/register');
    expect((await sessionOf(browser)).groups).toHaveLength(201);
    expect(browser.cookieHeader.length).toBeLessThan(8 * 1024);
  });
});

describe('a session of the provider', () => {
  test('must be renewed when its ID token has expired, and goes on with the groups of now', async () => {
    const browser = new TestBrowser();
    await signIn(browser);
    const begun = await sessionOf(browser);
    expect(Date.parse(begun.usableUntil) - Date.parse(begun.signedInAt)).toBeLessThanOrEqual(
      ID_TOKEN_SECONDS * 1000,
    );
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.advanceTimersByTime(6 * MINUTE_MS);
    expect(await codeOf(await catalog(browser.request('GET', '/')))).toBe('renewal-due');
    expect(await codeOf(await read(browser.request('GET', '/api/session')))).toBe('renewal-due');
    // The provider's own clock goes on as it was.
    vi.useRealTimers();
    provider.setPeople(DEMO_PEOPLE.map((person) => ({ ...person, groups: ['on-call'] })));
    const response = browser.keep(await refresh(browser.request('POST', '/')));
    const renewed = browserSessionSchema.parse(await response.json());
    expect(renewed.groups).toContain('oidc:on-call');
    expect(renewed.csrf).toBe(begun.csrf);
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
  });

  test('gets a new credential from an unused page, but no more idle time', async () => {
    const browser = new TestBrowser();
    await signIn(browser);
    const begun = await sessionOf(browser);
    const response = browser.keep(await refresh(browser.request('POST', '/', { isUsed: false })));
    const renewed = browserSessionSchema.parse(await response.json());
    expect(renewed.idleEndsAt).toBe(begun.idleEndsAt);
    expect(Date.parse(renewed.usableUntil)).toBeGreaterThanOrEqual(Date.parse(begun.usableUntil));
  });

  test("is renewed after its ID token has expired by the API server's clock, if Planeboard's is behind", async () => {
    const browser = new TestBrowser();
    setProviderAhead(3 - ID_TOKEN_SECONDS);
    await signIn(browser);
    await sessionOf(browser);
    provider.tamper = null;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 10 * MINUTE_MS });
    const refused = async () => {
      const response = await catalog(browser.request('GET', '/'));
      return response.status === 401 && (await codeOf(response)) === 'unauthenticated';
    };
    while (!(await refused())) await sleep(500);
    vi.useRealTimers();
    const response = browser.keep(await refresh(browser.request('POST', '/')));
    expect(response.status).toBe(200);
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
  });

  test('ends when the person has left, and nothing brings it back', async () => {
    const browser = new TestBrowser();
    await signIn(browser);
    await sessionOf(browser);
    provider.setPeople([]);
    const response = browser.keep(await refresh(browser.request('POST', '/')));
    expect(await codeOf(response)).toBe('unauthenticated');
    expect(browser.cookieHeader).toBe('');
    expect(lastAudit()).toMatchObject({ event: 'renewal-refused', reason: 'refused', user: 'oidc:maya' });
  });

  test('goes on while the provider is down, until its credential expires', async () => {
    const browser = new TestBrowser();
    await signIn(browser);
    await sessionOf(browser);
    await provider.pause();
    const response = browser.keep(await refresh(browser.request('POST', '/')));
    expect(await codeOf(response)).toBe('sign-in-unavailable');
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
    const start = await begin(new TestBrowser().request('GET', '/api/session/oidc'));
    expect(start.headers.get('location')).toMatch(/^\/login\?failed=unreachable$|^https:/);
    await provider.resume();
    expect((await refresh(browser.request('POST', '/'))).status).toBe(200);
  });

  test('ends at the provider with a sign-out, and its refresh token is revoked', async () => {
    const browser = new TestBrowser();
    await signIn(browser);
    await sessionOf(browser);
    const copy = browser.cookieHeader;
    const response = browser.keep(await signOut(browser.request('DELETE', '/')));
    const { next } = (await response.json()) as { next: string };
    expect(new URL(next).origin).toBe(provider.issuer);
    expect(browser.cookieHeader).toBe('');
    // A copied cookie works until the ID token expires, but can't be renewed.
    const stolen = new TestBrowser();
    stolen.csrf = browser.csrf;
    const asThief = { cookie: copy };
    expect((await catalog(stolen.request('GET', '/', undefined, asThief))).status).toBe(200);
    expect(await codeOf(await refresh(stolen.request('POST', '/', {}, asThief)))).toBe('unauthenticated');
  });
});

describe('an ID token that a program sends', () => {
  const claims = (changes: JWTPayload = {}): JWTPayload => {
    const iat = Math.floor(Date.now() / 1000);
    return { iss: provider.issuer, aud: CLIENT_ID, sub: 'maya', iat, exp: iat + 60, ...changes };
  };
  const answered = async (token: string) =>
    catalog(new TestBrowser().request('GET', '/', undefined, { authorization: `Bearer ${token}` }));

  test('is accepted if the provider has issued it for Planeboard', async () => {
    expect((await answered(await signed(claims()))).status).toBe(200);
  });

  test.each<[string, () => Promise<string> | string]>([
    ["isn't signed", () => new UnsecuredJWT(claims()).encode()],
    [
      'is signed with the secret that the client shares',
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(CLIENT_SECRET)),
    ],
    ['is for another audience', () => signed(claims({ aud: 'other' }))],
    ['is of another issuer', () => signed(claims({ iss: 'https://evil.example' }))],
    ['has expired', () => signed(claims({ exp: Math.floor(Date.now() / 1000) - 120 }))],
  ])('is refused if it %s', async (_, tokenOf) => {
    expect(await codeOf(await answered(await tokenOf()))).toBe('unauthenticated');
  });
});

test('no token, code or cookie is logged', () => {
  const log = lines.join('\n');
  for (const secret of ['eyJ', 'code=', CLIENT_SECRET, 'planeboard-3000=']) expect(log).not.toContain(secret);
});
