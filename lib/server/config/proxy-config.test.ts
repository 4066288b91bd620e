import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config';

const SECRET = randomBytes(32).toString('hex');
const BASE = { PLANEBOARD_AUTH: 'proxy', PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64') };
const WITH_SECRET = { ...BASE, PLANEBOARD_PROXY_SECRET: SECRET };
const ASSERTION = {
  ...BASE,
  PLANEBOARD_PROXY_ASSERTION_HEADER: 'X-Assertion',
  PLANEBOARD_PROXY_ASSERTION_ISSUER: 'https://login.example.com',
  PLANEBOARD_PROXY_ASSERTION_AUDIENCE: 'planeboard',
  PLANEBOARD_PROXY_ASSERTION_JWKS_URL: 'https://login.example.com/keys',
};

function problemsOf(env: Record<string, string>): readonly string[] {
  const outcome = parseConfig(env);
  return outcome.ok ? [] : outcome.problems;
}

function without(name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(ASSERTION).filter(([key]) => key !== name));
}

describe('the proxy mode', () => {
  test("has oauth2-proxy's headers, and a secret", () => {
    const outcome = parseConfig(WITH_SECRET);
    expect(outcome.ok && outcome.config.proxy).toEqual({
      proof: { kind: 'secret', secrets: [SECRET] },
      userHeader: 'x-forwarded-user',
      groupsHeader: 'x-forwarded-groups',
      userPrefix: '',
      groupsPrefix: '',
      signOutUrl: null,
    });
  });

  test('has other headers, prefixes, and two secrets', () => {
    const outcome = parseConfig({
      ...WITH_SECRET,
      PLANEBOARD_PROXY_SECRET: `${'x'.repeat(32)},${SECRET}`,
      PLANEBOARD_PROXY_USER_HEADER: 'X-Forwarded-Email',
      PLANEBOARD_PROXY_GROUPS_HEADER: 'X-Roles',
      PLANEBOARD_PROXY_USER_PREFIX: 'oidc:',
      PLANEBOARD_PROXY_GROUPS_PREFIX: 'oidc:',
      PLANEBOARD_PROXY_SIGN_OUT_URL: '/oauth2/sign_out?rd=/',
    });
    expect(outcome.ok && outcome.config.proxy).toMatchObject({
      proof: { secrets: ['x'.repeat(32), SECRET] },
      userHeader: 'x-forwarded-email',
      groupsHeader: 'x-roles',
      userPrefix: 'oidc:',
      signOutUrl: '/oauth2/sign_out?rd=/',
    });
  });

  test('has assertions', () => {
    const outcome = parseConfig(ASSERTION);
    expect(outcome.ok && outcome.config.proxy?.proof).toMatchObject({
      kind: 'assertion',
      header: 'x-assertion',
      userClaim: 'sub',
      groupsClaim: 'groups',
    });
  });

  test('works beside tokens', () => {
    const outcome = parseConfig({ ...WITH_SECRET, PLANEBOARD_AUTH: 'proxy,token' });
    expect(outcome.ok && outcome.config.auth).toEqual(['token', 'proxy']);
  });

  test.each([
    ['without a proof', BASE, 'PLANEBOARD_AUTH'],
    ['with two proofs', { ...ASSERTION, PLANEBOARD_PROXY_SECRET: SECRET }, 'PLANEBOARD_PROXY_SECRET'],
    ['with a short secret', { ...BASE, PLANEBOARD_PROXY_SECRET: 'x'.repeat(31) }, 'PLANEBOARD_PROXY_SECRET'],
    [
      'with a blank in the secret',
      { ...BASE, PLANEBOARD_PROXY_SECRET: `${SECRET} x` },
      'PLANEBOARD_PROXY_SECRET',
    ],
    [
      'with a short second secret',
      { ...BASE, PLANEBOARD_PROXY_SECRET: `${SECRET},x` },
      'PLANEBOARD_PROXY_SECRET',
    ],
    [
      'without session keys',
      { PLANEBOARD_AUTH: 'proxy', PLANEBOARD_PROXY_SECRET: SECRET },
      'PLANEBOARD_SESSION_KEYS',
    ],
    ...Object.keys(ASSERTION)
      .filter((name) => name.includes('ASSERTION'))
      .map((name) => [`without ${name}`, without(name), name] as const),
    [
      'with keys over http',
      { ...ASSERTION, PLANEBOARD_PROXY_ASSERTION_JWKS_URL: 'http://login.example.com/keys' },
      'PLANEBOARD_PROXY_ASSERTION_JWKS_URL',
    ],
    [
      "with a header beside the assertion's claims",
      { ...ASSERTION, PLANEBOARD_PROXY_USER_HEADER: 'X-User' },
      'PLANEBOARD_PROXY_USER_HEADER',
    ],
    [
      'with one header for both',
      { ...WITH_SECRET, PLANEBOARD_PROXY_GROUPS_HEADER: 'x-forwarded-user' },
      'PLANEBOARD_PROXY_GROUPS_HEADER',
    ],
    [
      'with a header that means something else',
      { ...WITH_SECRET, PLANEBOARD_PROXY_USER_HEADER: 'Cookie' },
      'PLANEBOARD_PROXY_USER_HEADER',
    ],
    [
      'with a header with an underscore',
      { ...WITH_SECRET, PLANEBOARD_PROXY_USER_HEADER: 'X_User' },
      'PLANEBOARD_PROXY_USER_HEADER',
    ],
    [
      'with a prefix of Kubernetes itself',
      { ...WITH_SECRET, PLANEBOARD_PROXY_USER_PREFIX: 'system:' },
      'PLANEBOARD_PROXY_USER_PREFIX',
    ],
    [
      'with a sign-out elsewhere without TLS',
      { ...WITH_SECRET, PLANEBOARD_PROXY_SIGN_OUT_URL: '//evil.example' },
      'PLANEBOARD_PROXY_SIGN_OUT_URL',
    ],
    [
      'with a script as the sign-out',
      { ...WITH_SECRET, PLANEBOARD_PROXY_SIGN_OUT_URL: 'javascript:alert(1)' },
      'PLANEBOARD_PROXY_SIGN_OUT_URL',
    ],
    ['in another mode', { PLANEBOARD_PROXY_SECRET: SECRET }, 'PLANEBOARD_PROXY_SECRET'],
    ['without TLS beyond loopback', { ...WITH_SECRET, PLANEBOARD_HOST: '0.0.0.0' }, 'PLANEBOARD_URL'],
  ] as const)('stops the start %s', (_, env, name) => {
    const problems = problemsOf(env);
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}\\b.*\\.$`))]);
    expect(problems[0]).not.toContain(SECRET);
  });
});
