import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { getConfig } from '@/lib/server/config/config';
import { IDENTITY_FAULT_HEADER, PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { captureLog } from '@/testing/server/test-runtime';
import { proxyIdentityOf } from './proxy-identity';
import { requestCredential } from './request-credential';

const SECRET = 'canary-of-the-proxy-canary-of-the-proxy';
const OLD = 'an-earlier-canary-an-earlier-canary-an-e';
let lines: string[];

beforeAll(() => {
  vi.stubEnv('PLANEBOARD_AUTH', 'proxy');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', Buffer.alloc(32, 1).toString('base64'));
  vi.stubEnv('PLANEBOARD_PROXY_SECRET', `${SECRET}, ${OLD}`);
  vi.stubEnv('PLANEBOARD_PROXY_USER_PREFIX', 'oidc:');
  vi.stubEnv('PLANEBOARD_PROXY_GROUPS_PREFIX', 'oidc:');
  reset();
});
afterEach(reset);
afterAll(() => {
  vi.unstubAllEnvs();
  clearProcessSlots();
});

function reset(): void {
  clearProcessSlots();
  lines = captureLog();
}

const of = (fields: Record<string, string>) => proxyIdentityOf(new Headers(fields));
const reasons = () => lines.map((line) => (JSON.parse(line) as { reason: string }).reason);

describe('the identity of a proxy with a secret', () => {
  test('has prefixes, and the groups of one header', async () => {
    const fields = { 'x-forwarded-user': 'maya', 'x-forwarded-groups': 'platform, sre,,platform' };
    for (const secret of [SECRET, OLD])
      expect(await of({ ...fields, [PROXY_SECRET_HEADER]: secret })).toEqual({
        user: 'oidc:maya',
        groups: ['oidc:platform', 'oidc:sre'],
        endsAtMs: null,
      });
    expect(lines).toEqual([]);
  });

  test.each([
    ['no secret', {}, 'no-proof'],
    ['an empty secret', { [PROXY_SECRET_HEADER]: '' }, 'wrong-proof'],
    ['another secret', { [PROXY_SECRET_HEADER]: 'x'.repeat(SECRET.length) }, 'wrong-proof'],
    ['a longer secret', { [PROXY_SECRET_HEADER]: `${SECRET}x` }, 'wrong-proof'],
    ['two secrets', { [PROXY_SECRET_HEADER]: `${SECRET}, ${SECRET}` }, 'wrong-proof'],
    ['both configured secrets', { [PROXY_SECRET_HEADER]: `${SECRET}, ${OLD}` }, 'wrong-proof'],
    [
      'a mark of the HTTP entry',
      { [PROXY_SECRET_HEADER]: SECRET, [IDENTITY_FAULT_HEADER]: 'other-spelling' },
      'other-spelling',
    ],
  ])("doesn't count with %s", async (_, fields, reason) => {
    const groups = { 'x-forwarded-groups': 'system:masters' };
    expect(await of({ 'x-forwarded-user': 'maya', ...groups, ...fields })).toBeNull();
    expect(reasons()).toEqual([reason]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      log: 'audit',
      event: 'sign-in-refused',
      mode: 'proxy',
      user: null,
    });
    expect(lines.join()).not.toMatch(/canary|maya/);
  });

  test.each([
    ['maya, admin', 'repeated-header'],
    ['maya,admin', 'repeated-header'],
    ['na\u00efve', 'invalid-user'],
  ])("isn't %j", async (user, reason) => {
    expect(await of({ 'x-forwarded-user': user, [PROXY_SECRET_HEADER]: SECRET })).toBeNull();
    expect(reasons()).toEqual([reason]);
  });

  test('is nobody if the proxy names nobody', async () => {
    expect(await of({ [PROXY_SECRET_HEADER]: SECRET })).toBeNull();
    expect(await of({ 'x-forwarded-user': ' ', [PROXY_SECRET_HEADER]: SECRET })).toBeNull();
    expect(await of({})).toBeNull();
    expect(lines).toEqual([]);
  });

  test("isn't in other headers", async () => {
    const fields = { 'x-auth-request-user': 'maya', 'remote-user': 'maya', [PROXY_SECRET_HEADER]: SECRET };
    expect(await of(fields)).toBeNull();
  });

  test("without a prefix isn't a user of Kubernetes itself", async () => {
    const config = getConfig();
    if (!config.proxy) throw new Error('There is no proxy mode.');
    for (const user of ['system:admin', 'SYSTEM:admin', 'system:serviceaccount:kube-system:default']) {
      const headers = new Headers({ 'x-forwarded-user': user, [PROXY_SECRET_HEADER]: SECRET });
      expect(await proxyIdentityOf(headers, { proxy: { ...config.proxy, userPrefix: '' } })).toBeNull();
    }
  });

  test('is logged as refused once a minute for each source, and never floods the log', async () => {
    for (let at = 0; at < 300; at += 1)
      await of({ 'x-forwarded-user': `user-${at}`, 'x-planeboard-source': `192.0.2.${at % 3}` });
    expect(lines).toHaveLength(3);
    for (let at = 0; at < 300; at += 1)
      await of({ 'x-forwarded-user': 'maya', 'x-planeboard-source': `2001:db8::${at}` });
    expect(lines.length).toBeLessThanOrEqual(100);
  });
});

describe('a request with an identity of the proxy', () => {
  const named = { 'x-forwarded-user': 'maya', [PROXY_SECRET_HEADER]: SECRET };

  test('is of the kind proxy', async () => {
    expect(await requestCredential(new Headers(named))).toEqual({
      kind: 'proxy',
      user: 'oidc:maya',
      groups: [],
      endsAtMs: null,
    });
  });

  test("isn't possible together with a bearer token", async () => {
    const headers = new Headers({ ...named, authorization: 'Bearer abc' });
    await expect(requestCredential(headers)).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('without a proof is a program with its token, or nobody', async () => {
    const claim = { 'x-forwarded-user': 'maya' };
    expect(await requestCredential(new Headers(claim))).toBeNull();
    expect(await requestCredential(new Headers({ ...claim, authorization: 'Bearer abc' }))).toEqual({
      kind: 'bearer',
      token: 'abc',
    });
  });
});
