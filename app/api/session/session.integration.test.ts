import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GET as catalog } from '@/app/api/catalog/route';
import { POST as inspect } from '@/app/api/certificates/inspect/route';
import { POST as postExport } from '@/app/api/exports/route';
import { GET as planes } from '@/app/api/planes/route';
import { POST as refresh } from '@/app/api/session/refresh/route';
import { GET as rights } from '@/app/api/session/rights/route';
import { GET as read, POST as signIn, DELETE as signOut } from '@/app/api/session/route';
import { problemSchema } from '@/lib/api/problem';
import { browserSessionSchema, rightsAnswerSchema, sessionAnswerSchema } from '@/lib/api/session';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { serviceAccount } from '@/testing/server/service-account';
import { TestBrowser } from '@/testing/server/test-browser';
import { captureLog, startProcessRuntime, stopProcessRuntime } from '@/testing/server/test-runtime';

const IDLE_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

let plane: BareControlPlane;
let runtime: Runtime | undefined;
let lines: string[];
let token: string;
let user: string;

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'token');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', randomBytes(32).toString('base64'));
  clearProcessSlots();
  plane = await sharedControlPlane();
  vi.stubEnv('KUBECONFIG', plane.controlPlane.kubeconfigPath);
  lines = captureLog();
  runtime = await startProcessRuntime(plane.controlPlane.kubeconfigPath);
  const { client } = plane.controlPlane;
  const role = {
    metadata: { name: 'view-planes' },
    rules: [{ apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list'] }],
  };
  await client.post('/apis/rbac.authorization.k8s.io/v1/clusterroles', role);
  ({ token, user } = await serviceAccount(client, 'view-planes'));
});
afterAll(async () => {
  vi.useRealTimers();
  await stopProcessRuntime(runtime);
  await plane?.stop();
  vi.unstubAllEnvs();
});

/** A browser with one tab that can sign in with a token. */
class Browser extends TestBrowser {
  async signIn(withToken: string) {
    const response = this.keep(await signIn(this.request('POST', '/api/session', { token: withToken })));
    const session = browserSessionSchema.parse(await response.json());
    this.csrf = session.csrf;
    return session;
  }
}

async function codeOf(response: Response): Promise<string> {
  return problemSchema.parse(await response.json()).code;
}

function auditLines(): Record<string, unknown>[] {
  return lines.filter((line) => line.includes('"log":"audit"')).map((line) => JSON.parse(line));
}

describe('the audit log', () => {
  const eventsOf = (name: string) => auditLines().filter(({ event }) => event === name);

  test('has refusals with the person, once for the same one', async () => {
    const browser = new Browser();
    await browser.signIn(token);
    const { csrf } = browser;
    browser.csrf = 'wrong';
    for (let time = 0; time < 3; time += 1)
      await postExport(browser.request('POST', '/api/exports', { format: 'csv', target: 'file', planes: 1 }));
    browser.csrf = csrf;
    expect(eventsOf('refused').filter(({ code }) => code === 'csrf')).toMatchObject([
      { user, code: 'csrf', method: 'POST', path: '/api/exports', request: expect.any(String) as string },
    ]);
    expect(eventsOf('export')).toEqual([]);
  });

  test('has exports, as the page reports them', async () => {
    const browser = new Browser();
    await browser.signIn(token);
    const body = { format: 'csv', target: 'clipboard', planes: 4 };
    expect((await postExport(browser.request('POST', '/api/exports', body))).status).toBe(204);
    expect(eventsOf('export')).toMatchObject([{ user, ...body }]);
    const wrong = await postExport(browser.request('POST', '/api/exports', { ...body, note: 'x' }));
    expect(await codeOf(wrong)).toBe('invalid-field');
  });

  test('has the sight of a Secret once in an hour for each person', async () => {
    const { client } = plane.controlPlane;
    const data = { 'ca.crt': Buffer.from('canary-value').toString('base64') };
    await client.post('/api/v1/namespaces/default/secrets', { metadata: { name: 'seen-ca' }, data });
    const body = {
      purpose: 'agent-ca',
      certificate: { secret: { namespace: 'default', name: 'seen-ca', key: 'ca.crt' } },
    };
    const ask = async (withToken: string) => {
      const browser = new Browser();
      await browser.signIn(withToken);
      expect((await inspect(browser.request('POST', '/api/certificates/inspect', body))).status).toBe(200);
    };
    await ask(token);
    expect(eventsOf('secret-seen'), 'The person may not read it.').toEqual([]);
    const rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
    const role = { metadata: { name: 'read-secrets' }, rules: [rule] };
    await client.post('/apis/rbac.authorization.k8s.io/v1/clusterroles', role);
    const reader = await serviceAccount(client, 'read-secrets');
    await ask(reader.token);
    await ask(reader.token);
    expect(eventsOf('secret-seen')).toMatchObject([
      { user: reader.user, namespace: 'default', name: 'seen-ca', request: expect.any(String) as string },
    ]);
    expect(lines.join()).not.toContain('canary-value');
  });
});

describe('signing in', () => {
  test('needs a token that the API server accepts', async () => {
    const browser = new Browser();
    for (const wrong of ['nonsense', `${token}x`, 'a b']) {
      const response = browser.keep(await signIn(browser.request('POST', '/api/session', { token: wrong })));
      expect(await codeOf(response)).toBe('unauthenticated');
    }
    expect(browser.cookieHeader).toBe('');
    expect(auditLines().at(-1)).toMatchObject({ event: 'sign-in-refused', reason: 'unauthenticated' });
  });

  test('begins a session of the person that the API server names', async () => {
    const browser = new Browser();
    const session = await browser.signIn(token);
    expect(session).toMatchObject({ mode: 'token', user });
    expect(session.groups).toContain('system:serviceaccounts');
    expect(Date.parse(session.idleEndsAt) - Date.parse(session.signedInAt)).toBe(IDLE_MS);
    const answer = await read(browser.request('GET', '/api/session'));
    expect(sessionAnswerSchema.parse(await answer.json())).toEqual(session);
    expect((await catalog(browser.request('GET', '/api/catalog'))).status).toBe(200);
    expect(auditLines().at(-1)).toMatchObject({ event: 'sign-in', mode: 'token', user: session.user });
  });

  test('always begins a new session', async () => {
    const browser = new Browser();
    const first = await browser.signIn(token);
    const cookie = browser.cookieHeader;
    const second = await browser.signIn(token);
    expect(second.csrf).not.toBe(first.csrf);
    expect(browser.cookieHeader).not.toBe(cookie);
  });

  test.each([
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 'cross-origin'],
    ['as a form', { 'content-type': 'text/plain' }, 'unsupported-media-type'],
  ])("isn't possible %s", async (_, fields, code) => {
    const response = await signIn(new Browser().request('POST', '/api/session', { token }, fields));
    expect(await codeOf(response)).toBe(code);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('is limited for each source address', async () => {
    const browser = new Browser();
    const attempt = (source: string) =>
      signIn(
        browser.request('POST', '/api/session', { token: 'nonsense' }, { 'x-planeboard-source': source }),
      );
    const answers = await Promise.all(Array.from({ length: 25 }, () => attempt('192.0.2.1')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
    const limited = answers.find(({ status }) => status === 429);
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await attempt('192.0.2.2')).status).toBe(401);
  });
});

describe('without a session', () => {
  test('the API answers that nobody is signed in', async () => {
    const browser = new Browser();
    for (const route of [planes, catalog, read, rights])
      expect(await codeOf(await route(browser.request('GET', '/')))).toBe('unauthenticated');
  });

  test('a foreign, forged or changed cookie changes nothing', async () => {
    const browser = new Browser();
    await browser.signIn(token);
    // Not the last character: some of its bits mean nothing.
    const changed = browser.cookieHeader.replace(/.(?=.{10}$)/, (one) => (one === 'A' ? 'B' : 'A'));
    for (const cookie of ['planeboard-3000=x', 'planeboard-3000=a.b.c.d.e', changed]) {
      const request = new Browser().request('GET', '/api/catalog', undefined, { cookie });
      expect(await codeOf(await catalog(request))).toBe('unauthenticated');
    }
    const beside = browser.request('GET', '/', undefined, {
      cookie: `planeboard-3000=a.b.c.d.e; ${browser.cookieHeader}`,
    });
    expect((await catalog(beside)).status).toBe(200);
  });

  test("a program's bearer token works on the API, and not beside a session", async () => {
    const browser = new Browser();
    const bearer = { authorization: `Bearer ${token}` };
    expect((await catalog(browser.request('GET', '/', undefined, bearer))).status).toBe(200);
    const whoever = await read(browser.request('GET', '/api/session', undefined, bearer));
    expect(await whoever.json()).toEqual({
      mode: 'token',
      user,
      groups: expect.arrayContaining(['system:authenticated']),
    });
    await browser.signIn(token);
    expect(await codeOf(await catalog(browser.request('GET', '/', undefined, bearer)))).toBe('bad-request');
  });
});

describe('a write', () => {
  const body = { text: 'x', purpose: 'client-ca' };

  test("of a session needs the session's CSRF value", async () => {
    const browser = new Browser();
    const { csrf } = await browser.signIn(token);
    for (const wrong of [undefined, 'x', `${csrf}x`]) {
      browser.csrf = wrong;
      expect(await codeOf(await inspect(browser.request('POST', '/', body)))).toBe('csrf');
      expect(await codeOf(await refresh(browser.request('POST', '/')))).toBe('csrf');
      expect(await codeOf(await signOut(browser.request('DELETE', '/')))).toBe('csrf');
    }
    browser.csrf = csrf;
    expect((await inspect(browser.request('POST', '/', body))).status).not.toBe(403);
  });

  test('of a program with a token needs none', async () => {
    const request = new Browser().request('POST', '/', body, { authorization: `Bearer ${token}` });
    expect((await inspect(request)).status).not.toBe(403);
  });
});

describe('a session', () => {
  test('ends when nobody renews it, and only a renewal keeps it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const browser = new Browser();
    const begun = await browser.signIn(token);
    vi.advanceTimersByTime(14 * MINUTE_MS);
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
    const renewal = browser.keep(await refresh(browser.request('POST', '/')));
    const renewed = browserSessionSchema.parse(await renewal.json());
    expect(renewed.csrf).toBe(begun.csrf);
    expect(renewed.signedInAt).toBe(begun.signedInAt);
    expect(Date.parse(renewed.idleEndsAt) - Date.parse(begun.idleEndsAt)).toBe(14 * MINUTE_MS);
    vi.advanceTimersByTime(14 * MINUTE_MS);
    expect((await catalog(browser.request('GET', '/'))).status).toBe(200);
    vi.advanceTimersByTime(MINUTE_MS);
    expect(await codeOf(await catalog(browser.request('GET', '/')))).toBe('unauthenticated');
    expect(await codeOf(await refresh(browser.request('POST', '/')))).toBe('unauthenticated');
    vi.useRealTimers();
  });

  test('ends with a sign-out', async () => {
    const browser = new Browser();
    await browser.signIn(token);
    const response = browser.keep(await signOut(browser.request('DELETE', '/')));
    expect(await response.json()).toEqual({ next: null });
    expect(browser.cookieHeader).toBe('');
    expect(await codeOf(await catalog(browser.request('GET', '/')))).toBe('unauthenticated');
    expect(auditLines().at(-1)).toMatchObject({ event: 'sign-out', session: expect.any(String) });
  });
});

test('the rights of a person are those that the API server lists', async () => {
  const browser = new Browser();
  await browser.signIn(token);
  const answer = await rights(browser.request('GET', '/api/session/rights?namespace=default'));
  const { rules } = rightsAnswerSchema.parse(await answer.json());
  expect(rules).toContainEqual({
    verbs: ['get', 'list'],
    groups: ['openchoreo.dev'],
    resources: ['*'],
    names: [],
  });
  const invalid = await rights(browser.request('GET', '/api/session/rights?namespace=../x'));
  expect(await codeOf(invalid)).toBe('invalid-field');
});

test('no token, cookie or CSRF value is logged', async () => {
  const browser = new Browser();
  const { csrf } = await browser.signIn(token);
  const log = lines.join('\n');
  for (const secret of [token, token.slice(-40), csrf, browser.cookieHeader.slice(20, 80)])
    expect(log).not.toContain(secret);
});
