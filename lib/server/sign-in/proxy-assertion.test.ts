import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { captureLog } from '@/testing/server/test-runtime';
import { proxyIdentityOf } from './proxy-identity';

const ISSUER = 'https://login.example.com';
const AUDIENCE = 'planeboard';
const HEADER = 'x-assertion';

interface Key {
  readonly kid: string;
  readonly pair: Awaited<ReturnType<typeof generateKeyPair>>;
}

let server: Server;
/** What the issuer publishes; null: it answers 503. */
let published: readonly Key[] | null;
let requests = 0;
let current: Key;
let other: Key;
let lines: string[];

beforeAll(async () => {
  current = { kid: 'one', pair: await generateKeyPair('RS256', { extractable: true }) };
  other = { kid: 'two', pair: await generateKeyPair('ES256', { extractable: true }) };
  server = createServer(async (_, response) => {
    requests += 1;
    if (published === null) {
      response.writeHead(503).end();
      return;
    }
    const keys = await Promise.all(
      published.map(async ({ kid, pair }) => ({ ...(await exportJWK(pair.publicKey)), kid })),
    );
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('PLANEBOARD_AUTH', 'proxy');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', Buffer.alloc(32, 1).toString('base64'));
  vi.stubEnv('PLANEBOARD_PROXY_ASSERTION_HEADER', HEADER);
  vi.stubEnv('PLANEBOARD_PROXY_ASSERTION_ISSUER', ISSUER);
  vi.stubEnv('PLANEBOARD_PROXY_ASSERTION_AUDIENCE', AUDIENCE);
  vi.stubEnv(
    'PLANEBOARD_PROXY_ASSERTION_JWKS_URL',
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
  );
});
beforeEach(() => {
  clearProcessSlots();
  lines = captureLog();
  published = [current];
  requests = 0;
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => {
  vi.unstubAllEnvs();
  clearProcessSlots();
  server.close();
  server.closeAllConnections();
});

const CLAIMS: JWTPayload = { sub: 'maya', groups: ['platform'] };

function signed({
  key = current,
  alg = 'RS256',
  claims = CLAIMS,
  issuer = ISSUER,
  audience = AUDIENCE,
  expires = '5m' as string | null,
} = {}): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg, kid: key.kid }).setIssuedAt();
  token.setIssuer(issuer).setAudience(audience);
  if (expires !== null) token.setExpirationTime(expires);
  return token.sign(key.pair.privateKey);
}

const of = (assertion: string, fields: Record<string, string> = {}) =>
  proxyIdentityOf(new Headers({ [HEADER]: assertion, ...fields }));

test('an assertion names the person, whatever the headers say', async () => {
  const identity = await of(await signed(), { 'x-forwarded-user': 'admin', 'x-forwarded-groups': 'admins' });
  expect(identity).toMatchObject({ user: 'maya', groups: ['platform'] });
  expect(identity?.endsAtMs).toBeGreaterThan(Date.now() + 200_000);
  await of(await signed());
  expect(requests).toBe(1);
});

test.each<[string, () => Promise<string>]>([
  ['of another issuer', () => signed({ issuer: 'https://evil.example' })],
  ['for another audience', () => signed({ audience: 'grafana' })],
  ['without an end', () => signed({ expires: null })],
  ['that has expired', () => signed({ expires: '-1m' })],
  ['without a user', () => signed({ claims: { groups: [] } })],
  ['with a number as the user', () => signed({ claims: { sub: 7 as never } })],
  ['with other groups than texts', () => signed({ claims: { sub: 'maya', groups: [{ name: 'a' }] } })],
  ["of Kubernetes' own user", () => signed({ claims: { sub: 'system:admin' } })],
  ['signed with an unknown key', () => signed({ key: other, alg: 'ES256' })],
  [
    'signed by a stranger under a known name',
    async () => signed({ key: { kid: 'one', pair: await generateKeyPair('RS256') } }),
  ],
  [
    'with the algorithm none',
    async () => {
      const [, claims] = (await signed()).split('.');
      return `${Buffer.from('{"alg":"none","kid":"one"}').toString('base64url')}.${claims}.`;
    },
  ],
  [
    'signed with the public key as a shared secret',
    async () => {
      const secret = Buffer.from(await exportSPKI(current.pair.publicKey));
      return new SignJWT(CLAIMS)
        .setProtectedHeader({ alg: 'HS256', kid: 'one' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setExpirationTime('5m')
        .sign(secret);
    },
  ],
  [
    'with a key of its own in its header',
    async () => {
      const pair = await generateKeyPair('RS256', { extractable: true });
      return new SignJWT(CLAIMS)
        .setProtectedHeader({ alg: 'RS256', kid: 'mine', jwk: await exportJWK(pair.publicKey) })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setExpirationTime('5m')
        .sign(pair.privateKey);
    },
  ],
  [
    'with changed claims',
    async () => {
      const [header, , signature] = (await signed()).split('.');
      const claims = { sub: 'admin', iss: ISSUER, aud: AUDIENCE, exp: Math.floor(Date.now() / 1000) + 300 };
      return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
    },
  ],
  ['that is repeated', async () => `${await signed()}, ${await signed()}`],
  ['that is too long', async () => `${await signed()}${'x'.repeat(20_000)}`],
  ['that is empty', async () => ''],
])('an assertion %s is refused', async (_, make) => {
  const assertion = await make();
  expect(await of(assertion)).toBeNull();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('sign-in-refused');
  if (assertion.length > 20) expect(lines.join()).not.toContain(assertion.slice(-20));
});

test('without an assertion the headers name nobody', async () => {
  expect(await proxyIdentityOf(new Headers({ 'x-forwarded-user': 'admin' }))).toBeNull();
});

test('keys are followed when the issuer replaces them, and the old one is dropped', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const before = await signed({ expires: '2h' });
  expect(await of(before)).not.toBeNull();
  published = [other];
  vi.advanceTimersByTime(60_000);
  expect(await of(await signed({ key: other, alg: 'ES256' }))).toMatchObject({ user: 'maya' });
  expect(await of(before)).toBeNull();
});

test('if the keys cannot be read, nobody is signed in, and nobody is refused', async () => {
  published = null;
  await expect(of(await signed())).rejects.toMatchObject({ code: 'sign-in-unavailable' });
  published = [current];
  expect(await of(await signed())).not.toBeNull();
  expect(lines.filter((line) => line.includes('audit'))).toEqual([]);
});

test('an address that the issuer has not verified names nobody', async () => {
  vi.stubEnv('PLANEBOARD_PROXY_ASSERTION_USER_CLAIM', 'email');
  clearProcessSlots();
  lines = captureLog();
  const claims = { sub: '1', email: 'maya@example.com' };
  expect(await of(await signed({ claims: { ...claims, email_verified: false } }))).toBeNull();
  expect(await of(await signed({ claims: { ...claims, email_verified: true } }))).toMatchObject({
    user: 'maya@example.com',
  });
  expect(await of(await signed({ claims }))).toMatchObject({ user: 'maya@example.com' });
  vi.stubEnv('PLANEBOARD_PROXY_ASSERTION_USER_CLAIM', '');
});
