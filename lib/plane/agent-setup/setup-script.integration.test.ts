import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '@/lib/plane/json/json';
import { PLANE_KINDS, ROLES } from '@/lib/plane/model/kinds';
import { CHART_RELEASES, chartFailures } from '@/testing/plane/chart-demands';
import { ensureShellCheck, shellCheck } from '@/testing/runner/shellcheck';
import { caMoveCommands } from './ca-move-commands';
import { chartReleaseOf, releaseProblem } from './chart-release';
import { NO_VALUES } from './command-values';
import { CERTIFICATE_MODES, type CertificateMode, DEFAULT_CHOICES } from './setup-choices';
import { type CommandInput, type CommandStep, setupCommands } from './setup-commands';
import { setupScript } from './setup-script';

const CA = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\n-----END CERTIFICATE-----\n`;
const VALUES = {
  ...NO_VALUES,
  chartVersion: '1.2.3',
  gatewayUrl: 'wss://gateway.example.com:8443/ws',
  planeContext: 'PL',
  controlPlaneContext: 'CP',
  gatewayHostname: '*.apps.example.com',
  gatewayCertificate: 'gateway-tls',
  openSearchCredentialsSecret: 'opensearch-admin',
  observerSecret: 'observer',
  openSearchSecret: 'opensearch',
  controlPlaneApiUrl: 'https://api.example.com',
  observerBaseUrl: 'https://observer.example.com',
  caSecret: 'company-ca',
};
const MOVE = {
  role: 'data',
  planeID: 'prod',
  planeContext: 'PL',
  chartVersion: '1.2.3',
  chartRepository: null,
} as const;
const [dataPlane] = PLANE_KINDS;

function input(changes: Partial<CommandInput> = {}): CommandInput {
  return { entry: dataPlane, planeID: 'prod', values: VALUES, gatewayCaPem: CA, ...changes };
}

/**
 * Stands for kubectl and helm on a cluster that has everything but what `ABSENT` names. Each call is recorded in
 * `CALLS`, an argument a line.
 */
const STUB = `#!/bin/sh
{ echo "== $(basename "$0")"; printf '%s\\n' "$@"; } >> "$CALLS"
all="$*"
case "$FAIL" in '') ;; *) case "$all" in *"$FAIL"*) echo "failed: $FAIL" >&2; exit 3 ;; esac ;; esac
case "$all" in
  *"get crd"*)
    for api in cert-manager.io/v1 gateway.networking.k8s.io/v1 gateway.kgateway.dev/v1alpha1 external-secrets.io/v1; do
      # Not at the line's end, and with an older version before it.
      [ "$api" = "$ABSENT" ] || printf '%s v0 %s v9\\n' "${'$'}{api%/*}" "${'$'}{api#*/}"
    done ;;
  *"get deployments"*) [ cert-manager = "$ABSENT" ] || printf 1 ;;
  *clustersecretstores*) [ store != "$ABSENT" ] || exit 1 ;;
  *'"OPENSEARCH'*) ;;
  *"index .data"*) printf found ;;
  *"apply -f -"*) cat > "$CALLS.applied" ;;
  *jsonpath*ca* | *"secret cluster-agent-ca"*) [ agent-ca = "$ABSENT" ] || printf QUJD ;;
esac
exit 0
`;

let folder = '';
beforeAll(() => {
  ensureShellCheck(() => {});
  folder = mkdtempSync(join(tmpdir(), 'setup-script-'));
  for (const name of ['kubectl', 'helm']) {
    writeFileSync(join(folder, name), STUB);
    chmodSync(join(folder, name), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder in which the script runs, possibly several times. */
class Run {
  readonly home = mkdtempSync(join(folder, 'run-'));
  private readonly callsFile = join(this.home, 'calls');

  run(given: CommandInput, env: Record<string, string> = {}) {
    return this.runSteps(setupCommands(given), env);
  }

  runSteps(steps: readonly CommandStep[], env: Record<string, string> = {}) {
    writeFileSync(this.callsFile, '');
    const script = join(this.home, 'script.sh');
    writeFileSync(script, setupScript(steps, 'a test\nid > injected'));
    const { status, stdout, stderr } = spawnSync('bash', [script], {
      cwd: this.home,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${folder}:${process.env.PATH}`,
        CALLS: this.callsFile,
        FAIL: '',
        ABSENT: '',
        ...env,
      },
    });
    return { status, stdout, stderr, calls: readFileSync(this.callsFile, 'utf8') };
  }

  file(name: string): string {
    return readFileSync(join(this.home, name), 'utf8');
  }
}

describe('the script', () => {
  test.each(ROLES)('of a %s plane passes ShellCheck in every release, with each certificate', (role) => {
    const entry = PLANE_KINDS.find((kind) => kind.role === role) ?? dataPlane;
    const releases = CHART_RELEASES.filter((release) => {
      const parsed = chartReleaseOf(`${release}.0`);
      return parsed !== null && releaseProblem(role, parsed) === null;
    });
    const scriptOf = (release: string, certificate: CertificateMode, isSparse: boolean) => {
      const given = input({
        entry,
        values: { ...VALUES, chartVersion: `${release}.0` },
        choices: { certificate, gatewayTls: !isSparse, open: isSparse ? ['openSearchSecret'] : [] },
        secretStore: isSparse ? null : 'vault',
        gatewayCaPem: isSparse ? null : CA,
        tlsEndsAt: certificate === 'company-ca' ? 'the Ingress agents' : null,
      });
      const script = setupScript(setupCommands(given), `Installs the agent of ${entry.kind} prod.`);
      return script.replaceAll(`${release}.0`, '1.2.3');
    };
    const scripts = releases.flatMap((release) =>
      CERTIFICATE_MODES.flatMap((certificate) =>
        [true, false].map((isSparse) => scriptOf(release, certificate, isSparse)),
      ),
    );
    // Releases that differ only in their number have the same script.
    for (const script of new Set(scripts)) expect(shellCheck(script)).toBe('');
  });

  test('of a move to a CA passes ShellCheck', () => {
    const { create, switch: steps, restart } = caMoveCommands(MOVE);
    expect(shellCheck(setupScript([...create, ...steps, restart], 'a move'))).toBe('');
  });

  test('of a move restarts the agent only if there is a CA, and it issued the certificate', () => {
    const { restart } = caMoveCommands(MOVE);
    expect(new Run().runSteps([restart]).calls).toContain('rollout\nrestart\n');
    const { status, stderr, calls } = new Run().runSteps([restart], { ABSENT: 'agent-ca' });
    expect(status).not.toBe(0);
    expect(stderr).toContain("isn't issued by the CA yet");
    expect(calls).not.toContain('rollout');
  });

  test('runs to its end, prints the CA, and can run again', () => {
    const run = new Run();
    for (const attempt of [1, 2]) {
      const { status, stdout, stderr, calls } = run.run(input());
      expect({ attempt, status, stderr }).toEqual({ attempt, status: 0, stderr: '' });
      expect(stdout).toMatch(/^found {4}helm\nfound {4}cert-manager\n[\s\S]*\nABC\n$/);
      expect(calls).toContain('== helm\nupgrade\n--install\nopenchoreo-data-plane\n');
      expect(calls).toContain('-f\nprod-data-plane-values.yaml\n');
    }
    const values = parse(run.file('prod-data-plane-values.yaml')) as JsonObject;
    expect(chartFailures('data', '1.2', values)).toEqual([]);
    expect(run.file('calls.applied')).toContain('rotationPolicy: Never');
  });

  test('fails if the agent has no CA to print', () => {
    const { status, stderr } = new Run().run(input(), { ABSENT: 'agent-ca' });
    expect(status).not.toBe(0);
    expect(stderr).toBe("Stopped at: Print the agent's CA\n");
  });

  test.each([
    ['create namespace', 'Create the namespace'],
    ['create configmap', 'Let the agent trust the gateway'],
    ['certificate/cluster-agent-ca ', "Create the agent's CA"],
    ['upgrade --install', 'Install the chart'],
    ['rollout status', 'Wait for the agent'],
    ['get secret cluster-agent-tls', "Print the agent's CA"],
    ['get crd', 'Check the prerequisites'],
  ])('stops at the step that fails and names it: %s', (fail, title) => {
    const { status, stderr, calls } = new Run().run(input(), { FAIL: fail });
    expect(status).not.toBe(0);
    expect(stderr.match(/Stopped at: .*/g)).toEqual([`Stopped at: ${title}`]);
    expect(calls.split('== ').filter((call) => call.replaceAll('\n', ' ').includes(fail))).toHaveLength(1);
  });

  test.each([
    [
      'gateway.kgateway.dev/v1alpha1',
      'missing  kgateway (gateway.kgateway.dev/v1alpha1). See https://kgateway.dev/docs/',
    ],
    ['cert-manager', 'missing  a running cert-manager. See https://cert-manager.io/docs/installation/'],
    ['store', 'missing  ClusterSecretStore vault. See https://external-secrets.io/'],
  ])('stops before it writes anything if a prerequisite is missing: %s', (absent, line) => {
    const { status, stdout, stderr, calls } = new Run().run(input({ secretStore: 'vault' }), {
      ABSENT: absent,
    });
    expect(status).not.toBe(0);
    expect(stdout).toContain(line);
    expect(stderr).toContain('Stopped at: Check the prerequisites');
    expect(calls).not.toMatch(/create|apply|upgrade/);
  });

  test('stops if a Secret lacks a key that the chart reads', () => {
    const entry = PLANE_KINDS.find(({ kind }) => kind === 'ObservabilityPlane') ?? dataPlane;
    const values = { ...VALUES, chartVersion: '1.0.0' };
    const { status, stdout, stderr } = new Run().run(input({ entry, values }));
    expect(status).not.toBe(0);
    expect(stdout).toContain('found    Secret opensearch, key username');
    expect(stdout).toContain('missing  Secret observer, key OPENSEARCH_USERNAME');
    expect(stderr).toContain("Stopped at: Check the chart's Secrets");
  });

  test('has open values filled in, and keeps them when it runs again', () => {
    const run = new Run();
    const choices = { ...DEFAULT_CHOICES, open: ['gatewayHostname'] } as const;
    const first = run.run(input({ choices }));
    expect(first.status).not.toBe(0);
    expect(first.stdout).toContain('<fill in: Gateway host name>');
    expect(first.stderr).toContain(
      'Fill in these values in prod-data-plane-values.yaml, then run this script again.',
    );
    expect(first.calls).not.toMatch(/create|apply|upgrade/);
    const file = join(run.home, 'prod-data-plane-values.yaml');
    const filled = readFileSync(file, 'utf8').replace('<fill in: Gateway host name>', '*.shop.example.com');
    writeFileSync(file, `${filled}extra: true\n`);
    expect(run.run(input({ choices })).status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(`${filled}extra: true\n`);
  });

  test('keeps a values file of another installation and stops', () => {
    const run = new Run();
    expect(run.run(input()).status).toBe(0);
    const before = run.file('prod-data-plane-values.yaml');
    const changed = run.run(input({ values: { ...VALUES, gatewayHostname: '*.other.example.com' } }));
    expect(changed.status).not.toBe(0);
    expect(changed.stdout).toContain('hostname: "*.other.example.com"');
    expect(changed.stderr).toContain('exists, without the lines above');
    expect(run.file('prod-data-plane-values.yaml')).toBe(before);
  });

  test.each([
    ['it\'s $(id) `id` "x" ; exit 1', 'a context'],
    ["x\n$(id)\nVALUES\nMANIFESTS\n'", 'a planeID'],
  ])('keeps a hostile value one text: %j', (hostile, what) => {
    const run = new Run();
    const given =
      what === 'a planeID'
        ? input({ planeID: hostile })
        : input({
            values: { ...VALUES, planeContext: hostile, controlPlaneContext: hostile },
            gatewayCaPem: null,
          });
    const { status, calls, stdout, stderr } = run.run(given);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(calls + stdout).not.toContain('uid=');
    if (what === 'a context') expect(calls).toContain(`--context\n${hostile}\n`);
    else
      expect(parse(run.file('data-plane-values.yaml'))).toMatchObject({ clusterAgent: { planeID: hostile } });
  });
});
