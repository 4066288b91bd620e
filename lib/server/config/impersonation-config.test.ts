import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseConfig } from './config';

const PROXY = {
  PLANEBOARD_AUTH: 'proxy',
  PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
  PLANEBOARD_PROXY_SECRET: randomBytes(32).toString('hex'),
};

function problemsOf(env: Record<string, string>): readonly string[] {
  const outcome = parseConfig(env);
  return outcome.ok ? [] : outcome.problems;
}

describe('impersonation', () => {
  test('takes exact names of groups', () => {
    const outcome = parseConfig({
      ...PROXY,
      PLANEBOARD_IMPERSONATE_GROUPS: 'oidc:platform, Site Reliability',
    });
    expect(outcome.ok && outcome.config.impersonation).toEqual({
      groups: new Set(['oidc:platform', 'Site Reliability']),
    });
  });

  test('has no groups unless they are listed, and is implied by the proxy mode', () => {
    const outcome = parseConfig(PROXY);
    expect(outcome.ok && outcome.config.impersonation).toEqual({ groups: new Set() });
    const other = parseConfig({});
    expect(other.ok && other.config.impersonation).toBeNull();
  });

  test.each(['system:masters', 'a,system:authenticated', ' System:masters', 'a,,b', 'a,', 'naïve'])(
    'rejects the groups %j',
    (groups) => {
      const problems = problemsOf({ ...PROXY, PLANEBOARD_IMPERSONATE_GROUPS: groups });
      expect(problems).toEqual([expect.stringMatching(/^PLANEBOARD_IMPERSONATE_GROUPS must be .*\.$/)]);
    },
  );

  test.each([
    ['false in proxy mode', { ...PROXY, PLANEBOARD_IMPERSONATE: 'false' }, 'PLANEBOARD_IMPERSONATE'],
    ['without sign-in', { PLANEBOARD_IMPERSONATE: 'true' }, 'PLANEBOARD_IMPERSONATE'],
    [
      'with a token',
      { ...PROXY, PLANEBOARD_PROXY_SECRET: '', PLANEBOARD_AUTH: 'token', PLANEBOARD_IMPERSONATE: 'true' },
      'PLANEBOARD_IMPERSONATE',
    ],
    ['groups alone', { PLANEBOARD_IMPERSONATE_GROUPS: 'platform' }, 'PLANEBOARD_IMPERSONATE_GROUPS'],
  ])('stops the start: %s', (_, env, name) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name} .*\\.$`))]);
  });
});
