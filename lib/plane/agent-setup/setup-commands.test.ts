import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOfName, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { type CommandInput, certificatesOnly, commandsScript, setupCommands } from './setup-commands';

const CA = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\n-----END CERTIFICATE-----\n`;
const VALUES = {
  chartVersion: '1.2.3',
  gatewayUrl: 'wss://gateway.example.com:8443/ws',
  planeContext: 'PL',
  controlPlaneContext: 'CP',
};

function input(changes: Partial<CommandInput> & { kind?: string } = {}): CommandInput {
  const { kind = 'DataPlane', ...rest } = changes;
  const entry = kindOfName(kind);
  if (!entry) throw new Error(`${kind} is no plane kind.`);
  return { entry, planeID: 'my-plane', values: VALUES, gatewayCaPem: CA, ...rest };
}

/** Joins continuation lines, which make no difference to a shell. */
const oneLine = (command: string) => command.replaceAll(/ \\\n\s*/g, ' ');

const commandOf = (given: CommandInput, id: string) =>
  oneLine(setupCommands(given).find((step) => step.id === id)?.command ?? '');

describe('setupCommands', () => {
  test('returns the steps in the order in which they run', () => {
    expect(setupCommands(input()).map(({ id }) => id)).toEqual([
      'gateway-ca',
      'namespace',
      'trust',
      'install',
      'wait',
      'agent-ca',
    ]);
  });

  test('uses the control plane only if Planeboard may not read its certificate', () => {
    expect(setupCommands(input()).every(({ where }) => where !== 'control-plane')).toBe(true);
    const [first, ...others] = setupCommands(input({ gatewayCaPem: null }));
    expect(first?.where).toBe('control-plane');
    expect(oneLine(first?.command ?? '')).toBe(
      "kubectl --context CP get secret cluster-gateway-ca -n openchoreo-control-plane -o jsonpath='{.data.ca\\.crt}' | base64 -d > server-ca.crt",
    );
    expect(others.every(({ where }) => where === 'plane')).toBe(true);
  });

  test('ignores material without a certificate', () => {
    expect(setupCommands(input({ gatewayCaPem: 'not a certificate' }))[0]?.where).toBe('control-plane');
  });

  test.each([
    ['DataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane-tls'],
    ['ClusterDataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane-tls'],
    ['WorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane-tls'],
    ['ClusterWorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane-tls'],
    ['ObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane-tls'],
    ['ClusterObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane-tls'],
  ])('for kind %s installs the chart %s and waits for %s', (kind, chart, certificate) => {
    const given = input({ kind });
    expect(commandOf(given, 'install')).toContain(
      `helm upgrade --install ${chart} oci://ghcr.io/openchoreo/helm-charts/${chart} --version 1.2.3`,
    );
    expect(commandOf(given, 'wait')).toContain(`certificate/${certificate}`);
    for (const { id, command } of setupCommands(given)) {
      if (id !== 'gateway-ca') expect(command).toContain(chart);
    }
  });

  test.each(['BuildPlane', 'ClusterBuildPlane'])(
    'waits for the Secret of a %s, whose certificate has no verified name',
    (kind) => {
      const command = commandOf(input({ kind }), 'wait');
      expect(command).not.toContain('certificate/');
      expect(command).toContain(
        'until kubectl --context PL get secret cluster-agent-tls -n openchoreo-build-plane',
      );
    },
  );

  test('sets the values that the charts read, never planeId', () => {
    for (const entry of PLANE_KINDS) {
      const install = commandOf(input({ kind: entry.kind }), 'install');
      expect(install).toContain('clusterAgent.planeID=my-plane');
      expect(install).toContain('clusterAgent.serverUrl=wss://gateway.example.com:8443/ws');
      expect(install).toContain('--version 1.2.3 --kube-context PL');
      expect(install).not.toMatch(/planeId\b/);
    }
  });

  test('lists missing values and uses placeholders that no shell reads as a redirection', () => {
    const steps = setupCommands(input({ values: { ...VALUES, chartVersion: '', planeContext: 'a\u0007b' } }));
    expect(steps.map(({ id, missing }) => [id, missing])).toEqual([
      ['gateway-ca', []],
      ['namespace', ['planeContext']],
      ['trust', ['planeContext']],
      ['install', ['chartVersion', 'planeContext']],
      ['wait', ['planeContext']],
      ['agent-ca', ['planeContext']],
    ]);
    expect(oneLine(steps[3]?.command ?? '')).toContain(
      "--version '<chart-version>' --kube-context '<plane-context>'",
    );
  });
});

/** Stubs of kubectl and helm that record their arguments, one a line. */
describe('commandsScript in a shell', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'connect-commands-'));
    for (const name of ['kubectl', 'helm']) {
      const file = join(folder, name);
      writeFileSync(
        file,
        `#!/bin/sh\n{ echo "== ${name}"; printf '%s\\n' "$@"; } >> "$CALLS"\ncase "$*" in *"jsonpath"*) printf QUJD ;; esac\nexit 0\n`,
      );
      chmodSync(file, 0o755);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(given: CommandInput): { readonly calls: string; readonly output: string } {
    const home = mkdtempSync(join(folder, 'run-'));
    const calls = join(home, 'calls');
    const script = join(home, 'script.sh');
    writeFileSync(script, commandsScript(setupCommands(given), 'a test\nid > injected'));
    const output = execFileSync('bash', [script], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, CALLS: calls },
    });
    return { calls: readFileSync(calls, 'utf8'), output };
  }

  test('runs to its end and prints the CA', () => {
    const { calls, output } = run(input());
    expect(output).toBe('ABC');
    expect(calls).toContain('== helm\nupgrade\n--install\nopenchoreo-data-plane\n');
    expect(calls).toContain('clusterAgent.tls.caSecretName=\n');
  });

  test('runs to its end for a build plane, which waits in a loop', () => {
    expect(run(input({ kind: 'BuildPlane' })).output).toBe('ABC');
  });

  test.each([
    ['it\'s $(id) `id` "x" ; exit 1', 'a context'],
    ['x\ny', 'a planeID'],
  ])('keeps a hostile value one argument: %j', (hostile, what) => {
    const given =
      what === 'a planeID'
        ? input({ planeID: hostile })
        : input({
            values: { ...VALUES, planeContext: hostile, controlPlaneContext: hostile },
            gatewayCaPem: null,
          });
    const { calls, output } = run(given);
    expect(output).toBe('ABC');
    expect(calls).toContain(
      what === 'a planeID' ? `clusterAgent.planeID=${hostile}\n` : `--context\n${hostile}\n`,
    );
    expect(calls).not.toContain('uid=');
  });
});

describe('certificatesOnly', () => {
  const body = 'QUJD'.repeat(20);
  const block = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

  test('keeps certificates in lines of 64 characters', () => {
    expect(certificatesOnly(`${block}\n`)).toBe(
      `-----BEGIN CERTIFICATE-----\n${body.slice(0, 64)}\n${body.slice(64)}\n-----END CERTIFICATE-----\n`,
    );
  });

  test('keeps every certificate of a bundle and drops the text between them', () => {
    const both = certificatesOnly(`subject=CN = x\n${block}\nCERTIFICATE\nrm -rf /\n${block}`);
    expect(both?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(both).not.toContain('rm');
    expect(both?.split('\n')).not.toContain('CERTIFICATE');
  });

  test.each([
    ['an empty text', ''],
    ['a private key', block.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
    ["a block that isn't base64", '-----BEGIN CERTIFICATE-----\n$(id)\n-----END CERTIFICATE-----'],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----'],
  ])('finds none in %s', (_name, text) => {
    expect(certificatesOnly(text)).toBeNull();
  });
});
