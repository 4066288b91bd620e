import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config';

const KEY = randomBytes(32).toString('base64');
const TOKEN = { PLANEBOARD_AUTH: 'token', PLANEBOARD_SESSION_KEYS: KEY };

function problemsOf(env: Record<string, string>): readonly string[] {
  const outcome = parseConfig(env);
  return outcome.ok ? [] : outcome.problems;
}

describe('sign-in', () => {
  test('with a token has sessions of 15 minutes and 12 hours', () => {
    const outcome = parseConfig(TOKEN);
    expect(outcome.ok && outcome.config).toMatchObject({
      auth: ['token'],
      session: { idleMs: 900_000, maxMs: 43_200_000 },
    });
    expect(
      outcome.ok && outcome.config.session?.keys.map((key) => Buffer.from(key).toString('base64')),
    ).toEqual([KEY]);
  });

  test('is idle sooner at the pace of a test', () => {
    const outcome = parseConfig({ ...TOKEN, PLANEBOARD_TEST_PACE: '10' });
    expect(outcome.ok && outcome.config.session?.idleMs).toBe(90_000);
  });

  test('takes two keys, of which the first seals', () => {
    const other = randomBytes(32).toString('base64');
    const outcome = parseConfig({ ...TOKEN, PLANEBOARD_SESSION_KEYS: `${other}, ${KEY}` });
    const keys = outcome.ok ? outcome.config.session?.keys : undefined;
    expect(keys?.map((key) => Buffer.from(key).toString('base64'))).toEqual([other, KEY]);
  });

  test.each([
    ['a short key', randomBytes(16).toString('base64')],
    ['a long key', randomBytes(64).toString('base64')],
    ['a key in hex', randomBytes(32).toString('hex')],
    ['a key in base64url', `${'-_'.repeat(21)}8=`],
    ['a mistyped key', `${KEY.slice(0, 8)} ${KEY.slice(8)}`],
    ['three keys', [KEY, KEY, KEY].join(',')],
    ['an empty second key', `${KEY},`],
  ])('rejects %s without repeating it, and says how to create one', (_, keys) => {
    const problems = problemsOf({ ...TOKEN, PLANEBOARD_SESSION_KEYS: keys });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^PLANEBOARD_SESSION_KEYS .*openssl rand -base64 32/);
    for (const part of keys.split(/[, ]/).filter((text) => text.length > 5))
      expect(problems[0]).not.toContain(part);
  });

  test.each([
    ['no key', { PLANEBOARD_AUTH: 'token' }, 'PLANEBOARD_SESSION_KEYS'],
    ['a key without sign-in', { PLANEBOARD_SESSION_KEYS: KEY }, 'PLANEBOARD_SESSION_KEYS'],
    ['an unknown mode', { ...TOKEN, PLANEBOARD_AUTH: 'password' }, 'PLANEBOARD_AUTH'],
    ['the same mode twice', { ...TOKEN, PLANEBOARD_AUTH: 'token,token' }, 'PLANEBOARD_AUTH'],
    ['the kubeconfig beside a sign-in', { ...TOKEN, PLANEBOARD_AUTH: 'kubeconfig,token' }, 'PLANEBOARD_AUTH'],
    [
      'public reading',
      { ...TOKEN, PLANEBOARD_PUBLIC_READ: 'true', PLANEBOARD_READONLY: 'true' },
      'PLANEBOARD_PUBLIC_READ',
    ],
    ['no idle time', { ...TOKEN, PLANEBOARD_SESSION_IDLE_MINUTES: '0' }, 'PLANEBOARD_SESSION_IDLE_MINUTES'],
    [
      'an idle time above the maximum',
      { ...TOKEN, PLANEBOARD_SESSION_IDLE_MINUTES: '90', PLANEBOARD_SESSION_MAX_HOURS: '1' },
      'PLANEBOARD_SESSION_IDLE_MINUTES',
    ],
    [
      'a fraction of an hour',
      { ...TOKEN, PLANEBOARD_SESSION_MAX_HOURS: '0.5' },
      'PLANEBOARD_SESSION_MAX_HOURS',
    ],
  ])('stops the start with %s', (_, env, name) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} .*\\.$|^${name} .*openssl`));
    expect(problems[0]).not.toContain(KEY);
  });

  test.each([
    [{ PLANEBOARD_HOST: '0.0.0.0' }],
    [{ PLANEBOARD_HOST: '0.0.0.0', PLANEBOARD_URL: 'http://planeboard.example.com' }],
    [{ PLANEBOARD_HOST: '0.0.0.0', PLANEBOARD_URL: 'http://localhost:3000' }],
    // A proxy without TLS in front of loopback.
    [{ PLANEBOARD_URL: 'http://planeboard.example.com' }],
  ])('requires TLS where other machines reach the server: %j', (env) => {
    const problems = problemsOf({ ...TOKEN, ...env });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^PLANEBOARD_URL .*https/);
  });

  test.each([
    [{}],
    [{ PLANEBOARD_URL: 'http://localhost:8080' }],
    [{ PLANEBOARD_URL: 'https://planeboard.example.com' }],
    [{ PLANEBOARD_HOST: '0.0.0.0', PLANEBOARD_URL: 'https://planeboard.example.com' }],
  ])('is allowed with %j', (env) => {
    expect(problemsOf({ ...TOKEN, ...env })).toEqual([]);
  });
});
