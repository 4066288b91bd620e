import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { parseConfig } from './config';
import { CONFIG_VARIABLES } from './config-variables';

function problemsOf(env: Record<string, string>): readonly string[] {
  const outcome = parseConfig(env);
  return outcome.ok ? [] : outcome.problems;
}

/** Allows a host beyond loopback. */
const PUBLIC = { PLANEBOARD_READONLY: 'true', PLANEBOARD_PUBLIC_READ: 'true' };

describe('parseConfig', () => {
  test('has a default for everything', () => {
    expect(parseConfig({})).toEqual({
      ok: true,
      config: {
        context: null,
        installation: null,
        port: 3000,
        host: '127.0.0.1',
        publicUrl: null,
        trustedProxies: [],
        readOnly: false,
        auth: ['kubeconfig'],
        session: null,
        oidc: null,
        impersonation: null,
        proxy: null,
        wall: 'token',
        wallLinks: { keys: [], lifeMs: 180 * 24 * 60 * 60 * 1000 },
        controlPlaneNamespace: 'openchoreo-control-plane',
        namespaces: [],
        chartRepository: null,
        chartVersion: null,
        logLevel: 'info',
        limits: DEFAULT_LIMITS,
        testPace: 1,
      },
    });
  });

  test('treats an empty variable as unset', () => {
    expect(parseConfig({ PORT: '', PLANEBOARD_URL: '', PLANEBOARD_CONTEXT: '' })).toEqual(parseConfig({}));
  });

  test('ignores HOSTNAME, which shells export', () => {
    expect(parseConfig({ HOSTNAME: 'laptop' })).toEqual(parseConfig({}));
  });

  test('reads where charts are published, and which version to propose', () => {
    const outcome = parseConfig({
      PLANEBOARD_CHART_REPOSITORY: 'oci://registry.example.com:5000/openchoreo/charts',
      PLANEBOARD_CHART_VERSION: 'v1.2.3-rc.1',
    });
    expect(outcome.ok && outcome.config).toMatchObject({
      chartRepository: 'oci://registry.example.com:5000/openchoreo/charts',
      chartVersion: 'v1.2.3-rc.1',
    });
  });

  test('reads namespaces, each once', () => {
    const outcome = parseConfig({ PLANEBOARD_NAMESPACES: 'acme, beta ,acme' });
    expect(outcome.ok && outcome.config.namespaces).toEqual(['acme', 'beta']);
  });

  test('reads trusted proxies, as addresses and ranges', () => {
    const outcome = parseConfig({ PLANEBOARD_TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.5,fd00::/8' });
    expect(outcome.ok && outcome.config.trustedProxies).toEqual([
      { address: '10.0.0.0', prefix: 8 },
      { address: '192.168.1.5', prefix: 32 },
      { address: 'fd00::', prefix: 8 },
    ]);
  });

  test('reads limits in seconds and days', () => {
    const outcome = parseConfig({
      PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '1.5',
      PLANEBOARD_HEARTBEAT_STALE_SECONDS: '3',
      PLANEBOARD_LEAF_WARNING_DAYS: '45',
    });
    expect(outcome.ok && outcome.config.limits).toEqual({
      ...DEFAULT_LIMITS,
      heartbeatFreshMs: 1500,
      heartbeatStaleMs: 3000,
      leafWarningDays: 45,
    });
  });

  test.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PLANEBOARD_HOST', 'http://0.0.0.0'],
    ['PLANEBOARD_URL', 'board.example.org'],
    ['PLANEBOARD_URL', 'https://planeboard.example.com/sub'],
    ['PLANEBOARD_URL', 'https://me:pw@planeboard.example.com'],
    ['PLANEBOARD_URL', 'ftp://planeboard.example.com'],
    ['PLANEBOARD_TRUSTED_PROXIES', 'proxy.example.com'],
    ['PLANEBOARD_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['PLANEBOARD_TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['PLANEBOARD_TRUSTED_PROXIES', '10.0.0.1,'],
    ['PLANEBOARD_READONLY', 'yes'],
    ['PLANEBOARD_LOG_LEVEL', 'loud'],
    ['PLANEBOARD_WALL', 'public'],
    ['PLANEBOARD_WALL_PUBLIC', '1'],
    ['PLANEBOARD_WALL_KEYS', 'secret'],
    ['PLANEBOARD_WALL_LINK_DAYS', '0'],
    ['PLANEBOARD_WALL_LINK_DAYS', '1.5'],
    ['PLANEBOARD_CONTROL_PLANE_NAMESPACE', '../kube-system'],
    ['PLANEBOARD_NAMESPACES', 'acme,,beta'],
    ['PLANEBOARD_NAMESPACES', 'acme,Beta'],
    ['PLANEBOARD_NAMESPACES', 'acme,../beta'],
    ['PLANEBOARD_NAMESPACES', Array.from({ length: 51 }, (_, index) => `team-${index}`).join()],
    ['PLANEBOARD_CHART_REPOSITORY', 'https://charts.example.com'],
    ['PLANEBOARD_CHART_REPOSITORY', 'oci://registry.example.com/charts; id'],
    ['PLANEBOARD_CHART_VERSION', 'latest'],
    ['PLANEBOARD_CHART_VERSION', '>=1.2.0'],
    ['PLANEBOARD_CONTACT_LOST_SECONDS', '-1'],
    ['PLANEBOARD_CONTACT_LOST_SECONDS', 'soon'],
    ['PLANEBOARD_READ_ONLY', 'true'],
  ])('rejects %s=%s with one sentence that names the variable but not the value', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} .*\\.$`));
    if (value.length > 3) expect(problems[0]).not.toContain(value);
  });

  test('rejects a stale limit below the fresh one', () => {
    expect(problemsOf({ PLANEBOARD_HEARTBEAT_STALE_SECONDS: '60' })).toEqual([
      'PLANEBOARD_HEARTBEAT_STALE_SECONDS must not be below PLANEBOARD_HEARTBEAT_FRESH_SECONDS.',
    ]);
  });

  test.each([
    [{}],
    [{ PLANEBOARD_HOST: 'localhost' }],
    [{ PLANEBOARD_HOST: '::1' }],
    [{ PLANEBOARD_URL: 'http://127.0.0.1:8080' }],
    [{ ...PUBLIC, PLANEBOARD_HOST: '0.0.0.0', PLANEBOARD_WALL_PUBLIC: 'true' }],
  ])('allows an open wall with %j', (env) => {
    const outcome = parseConfig({ ...env, PLANEBOARD_WALL: 'open' });
    expect(outcome.ok && outcome.config.wall).toBe('open');
  });

  test.each([
    [{ ...PUBLIC, PLANEBOARD_HOST: '0.0.0.0' }],
    [{ ...PUBLIC, PLANEBOARD_HOST: '192.0.2.7' }],
    [{ ...PUBLIC, PLANEBOARD_HOST: 'localhost.example.com' }],
    // Behind a proxy, a server on loopback is reachable by everyone.
    [{ PLANEBOARD_URL: 'https://planeboard.example.com' }],
  ])('rejects an open wall with %j', (env) => {
    const problems = problemsOf({ ...env, PLANEBOARD_WALL: 'open' });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^PLANEBOARD_WALL .*PLANEBOARD_WALL_PUBLIC/);
  });

  test('reports all problems at once', () => {
    expect(problemsOf({ PORT: 'x', PLANEBOARD_READONLY: 'x' })).toHaveLength(2);
  });
});

describe('a host beyond loopback', () => {
  test.each(['0.0.0.0', '::', '192.0.2.7', 'planeboard.example.com', '127.0.0.1.example.com'])(
    'requires read-only and an explicit word: %s',
    (host) => {
      for (const env of [
        {},
        { PLANEBOARD_READONLY: 'true' },
        { PLANEBOARD_PUBLIC_READ: 'true' },
        { PLANEBOARD_READONLY: 'false', PLANEBOARD_PUBLIC_READ: 'true' },
        { PLANEBOARD_READONLY: 'true', PLANEBOARD_PUBLIC_READ: 'false' },
      ]) {
        const problems = problemsOf({ ...env, PLANEBOARD_HOST: host });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(
          /^PLANEBOARD_HOST .*PLANEBOARD_READONLY=true and PLANEBOARD_PUBLIC_READ=true/,
        );
      }
      expect(parseConfig({ ...PUBLIC, PLANEBOARD_HOST: host })).toMatchObject({ ok: true, config: { host } });
    },
  );

  test.each(['127.0.0.1', '127.0.0.2', 'localhost', '::1'])("isn't %s", (host) => {
    expect(parseConfig({ PLANEBOARD_HOST: host })).toMatchObject({
      ok: true,
      config: { host, readOnly: false },
    });
  });
});

test('the README lists every variable with its default', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  const missing = CONFIG_VARIABLES.filter(({ name, defaultText }) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    return !row || (defaultText !== null && !row.includes(`\`${defaultText}\``));
  });
  expect(missing.map((variable) => variable.name)).toEqual([]);
});

describe('the pace of tests', () => {
  test('divides the default limit of contact, and no limit that was set or that judges times of Kubernetes', () => {
    const paced = parseConfig({ PLANEBOARD_TEST_PACE: '10' });
    expect(paced).toMatchObject({
      config: {
        testPace: 10,
        limits: { ...DEFAULT_LIMITS, contactLostMs: DEFAULT_LIMITS.contactLostMs / 10 },
      },
    });
    const set = parseConfig({ PLANEBOARD_TEST_PACE: '10', PLANEBOARD_CONTACT_LOST_SECONDS: '8' });
    expect(set).toMatchObject({ config: { limits: { contactLostMs: 8000 } } });
  });

  test('is never below real time', () => {
    expect(parseConfig({ PLANEBOARD_TEST_PACE: '0.5' })).toEqual({
      ok: false,
      problems: ['PLANEBOARD_TEST_PACE must be at least 1.'],
    });
  });
});
