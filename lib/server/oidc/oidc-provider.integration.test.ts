import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { CLIENT_ID, CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import type { OidcConfig } from '@/lib/server/config/oidc-config';
import { signInAtProvider } from '@/testing/server/sign-in-at-provider';
import { captureLog } from '@/testing/server/test-runtime';
import { type OidcFlow, OidcProvider } from './oidc-provider';

const REDIRECT_URI = 'http://localhost:3000/api/session/oidc/callback';
const FLOW: OidcFlow = { state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) };

let server: IdentityProvider;
let config: OidcConfig;
let lines: string[];

beforeAll(async () => {
  lines = captureLog();
  server = await IdentityProvider.start({ people: DEMO_PEOPLE });
  const caFile = join(tmpdir(), `planeboard-provider-${process.pid}.pem`);
  await writeFile(caFile, server.caPem);
  config = {
    issuer: server.issuer,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    scopes: 'openid profile email',
    signingAlgorithm: 'RS256',
    caFile,
    groupsClaim: 'groups',
    label: 'Acme',
    impersonation: null,
  };
});
afterEach(() => {
  server.tamper = null;
  server.setPeople(DEMO_PEOPLE);
});
afterAll(() => server.stop());

function client(changes: Partial<OidcConfig> = {}): OidcProvider {
  return new OidcProvider({ ...config, ...changes });
}

async function signIn(provider: OidcProvider, person: string | null = 'maya', flow = FLOW) {
  const url = await provider.signInUrl(FLOW, REDIRECT_URI);
  return provider.exchange(await signInAtProvider(server, url.href, person), flow);
}

/** Replaces the ID token of each answer by another one with other claims. */
function forge(sign: (claims: JWTPayload) => string | Promise<string>): void {
  server.tamper = async (answer) => {
    const payload = String(answer.id_token).split('.')[1] ?? '';
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JWTPayload;
    return { ...answer, id_token: await sign(claims) };
  };
}

async function signed(claims: JWTPayload): Promise<string> {
  const { signingKey } = server;
  const header = { alg: 'RS256', kid: signingKey.kid ?? '' };
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(signingKey, 'RS256'));
}

describe('a sign-in', () => {
  test('gives an ID token with the person and their groups, and a refresh token', async () => {
    const tokens = await signIn(client());
    expect(tokens.claims).toMatchObject({ sub: 'maya', groups: ['platform-admins'], iss: server.issuer });
    expect(tokens.refreshToken).toMatch(/./);
    expect(tokens.idToken.split('.')).toHaveLength(3);
  });

  test('asks for a code with PKCE, a state and a nonce', async () => {
    const { searchParams } = await client().signInUrl(FLOW, REDIRECT_URI);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      state: FLOW.state,
      nonce: FLOW.nonce,
    });
    expect(searchParams.toString()).not.toContain(FLOW.verifier);
  });

  test.each<[string, Partial<OidcFlow>, string]>([
    ['another state', { state: 'x'.repeat(43) }, 'untrusted'],
    ['another nonce', { nonce: 'x'.repeat(43) }, 'untrusted'],
    ['another verifier', { verifier: 'x'.repeat(43) }, 'refused'],
  ])('is rejected with %s', async (_, change, failure) => {
    await expect(signIn(client(), 'maya', { ...FLOW, ...change })).rejects.toMatchObject({ failure });
  });

  test('that is cancelled says so', async () => {
    await expect(signIn(client(), null)).rejects.toMatchObject({ failure: 'cancelled' });
  });

  test.each<[string, (claims: JWTPayload) => string | Promise<string>]>([
    ['without a signature', (claims) => new UnsecuredJWT(claims).encode()],
    [
      'signed with the secret that the client shares',
      (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(CLIENT_SECRET)),
    ],
    [
      'whose claims were changed',
      async (claims) => {
        const [header, , signature] = (await signed(claims)).split('.');
        const changed = Buffer.from(JSON.stringify({ ...claims, groups: ['admins'] })).toString('base64url');
        return `${header}.${changed}.${signature}`;
      },
    ],
    ['for another client', (claims) => signed({ ...claims, aud: 'other' })],
    ['for several clients', (claims) => signed({ ...claims, aud: [CLIENT_ID, 'other'], azp: 'other' })],
    ['of another issuer', (claims) => signed({ ...claims, iss: 'https://evil.example' })],
    ['that has expired', (claims) => signed({ ...claims, exp: Math.floor(Date.now() / 1000) - 120 })],
    ['of the future', (claims) => signed({ ...claims, nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['without a nonce', ({ nonce: _, ...claims }) => signed(claims)],
  ])('rejects an ID token %s', async (_, sign) => {
    forge(sign);
    await expect(signIn(client())).rejects.toMatchObject({ failure: 'untrusted' });
  });

  test.each<[string, (nowSeconds: number) => JWTPayload]>([
    ["expired by the provider's clock 20 s ago", (now) => ({ exp: now - 20 })],
    ["begins by the provider's clock in 20 s", (now) => ({ iat: now + 20, nbf: now + 20 })],
  ])('accepts an ID token that %s, because clocks differ', async (_, times) => {
    forge((claims) => signed({ ...claims, ...times(Math.floor(Date.now() / 1000)) }));
    expect((await signIn(client())).claims.sub).toBe('maya');
  });

  test('follows a key that is replaced at once, and rejects the earlier one', async () => {
    const provider = client();
    await signIn(provider);
    const earlier = server.signingKey;
    await server.rotateKeys();
    expect((await signIn(provider)).claims.sub).toBe('maya');
    forge(async (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: earlier.kid ?? '' })
        .sign(await importJWK(earlier, 'RS256')),
    );
    await expect(signIn(provider)).rejects.toMatchObject({ failure: 'untrusted' });
  });

  test.each<[string, Partial<OidcConfig>, string]>([
    ["isn't there", { issuer: 'https://localhost:1' }, 'unreachable'],
    ['has a certificate of an unknown CA', { caFile: null }, 'unreachable'],
  ])('says that a provider %s', async (_, change, failure) => {
    const provider = client(change);
    await expect(provider.signInUrl(FLOW, REDIRECT_URI)).rejects.toMatchObject({ failure });
  });

  test("says that the provider doesn't accept the client", async () => {
    await expect(signIn(client({ clientSecret: 'wrong' }))).rejects.toMatchObject({
      failure: 'misconfigured',
    });
  });

  test('rejects a provider that calls itself otherwise', async () => {
    const provider = client({ issuer: `${server.issuer}/.well-known/openid-configuration` });
    await expect(provider.signInUrl(FLOW, REDIRECT_URI)).rejects.toMatchObject({ failure: 'untrusted' });
  });
});

describe('a renewal', () => {
  test('gives another ID token, with the groups of now', async () => {
    const provider = client();
    const { refreshToken = '' } = await signIn(provider);
    server.setPeople(DEMO_PEOPLE.map((person) => ({ ...person, groups: ['on-call'] })));
    const renewed = await provider.renew(refreshToken, 'maya');
    expect(renewed.claims).toMatchObject({ sub: 'maya', groups: ['on-call'] });
    expect(renewed.refreshToken).not.toBe(refreshToken);
  });

  test('is refused for a person who has left', async () => {
    const provider = client();
    const { refreshToken = '' } = await signIn(provider);
    server.setPeople([]);
    await expect(provider.renew(refreshToken, 'maya')).rejects.toMatchObject({ failure: 'refused' });
  });

  test('is refused with a refresh token that was used up or revoked', async () => {
    const provider = client();
    const { refreshToken = '' } = await signIn(provider);
    const { refreshToken: next = '' } = await provider.renew(refreshToken, 'maya');
    await provider.revoke(next);
    await expect(provider.renew(next, 'maya')).rejects.toMatchObject({ failure: 'refused' });
    await expect(provider.renew(refreshToken, 'maya')).rejects.toMatchObject({ failure: 'refused' });
  });

  test('with the ID token of another person, or with none, is refused', async () => {
    const provider = client();
    const { refreshToken = '' } = await signIn(provider);
    await expect(provider.renew(refreshToken, 'noor')).rejects.toMatchObject({ failure: 'untrusted' });
    const second = await signIn(provider);
    server.tamper = ({ id_token: _, ...answer }) => answer;
    await expect(provider.renew(second.refreshToken ?? '', 'maya')).rejects.toMatchObject({
      failure: 'no-renewal',
    });
  });
});

test('a sign-out leads to the provider, with the ID token', async () => {
  const provider = client();
  const { idToken } = await signIn(provider);
  const url = new URL((await provider.signOutUrl(idToken, 'http://localhost:3000/login')) ?? '');
  expect(url.origin).toBe(server.issuer);
  expect(url.searchParams.get('id_token_hint')).toBe(idToken);
  expect(
    await client({ issuer: 'https://localhost:1' }).signOutUrl(idToken, 'http://localhost:3000'),
  ).toBeNull();
});

test('the log says why, without tokens, codes or secrets', async () => {
  const log = lines.join('\n');
  expect(log).toContain('OAUTH_');
  expect(log).not.toContain('eyJ');
  for (const secret of [CLIENT_SECRET, FLOW.state, FLOW.nonce, FLOW.verifier])
    expect(log).not.toContain(secret);
});
