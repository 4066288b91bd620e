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

/** As a shell reads it: where a line goes on makes no difference. */
const oneLine = (command: string) => command.replaceAll(/ \\\n\s*/g, ' ');

const commandOf = (made: CommandInput, id: string) =>
  oneLine(setupCommands(made).find((step) => step.id === id)?.command ?? '');

describe('the steps', () => {
  test('come in the order in which they have to be run', () => {
    expect(setupCommands(input()).map(({ id }) => id)).toEqual([
      'gateway-ca',
      'namespace',
      'trust',
      'install',
      'wait',
      'agent-ca',
    ]);
  });

  test('need the control plane only where Planeboard may not read its certificate', () => {
    expect(setupCommands(input()).every(({ where }) => where !== 'control-plane')).toBe(true);
    const [first, ...others] = setupCommands(input({ gatewayCaPem: null }));
    expect(first?.where).toBe('control-plane');
    expect(oneLine(first?.command ?? '')).toBe(
      "kubectl --context CP get secret cluster-gateway-ca -n openchoreo-control-plane -o jsonpath='{.data.ca\\.crt}' | base64 -d > server-ca.crt",
    );
    expect(others.every(({ where }) => where === 'plane')).toBe(true);
  });

  test('take material that holds no certificate for none', () => {
    expect(setupCommands(input({ gatewayCaPem: 'not a certificate' }))[0]?.where).toBe('control-plane');
  });

  test.each([
    ['DataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane-tls'],
    ['ClusterDataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane-tls'],
    ['WorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane-tls'],
    ['ClusterWorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane-tls'],
    ['ObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane-tls'],
    ['ClusterObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane-tls'],
  ])('of a %s are for %s and wait for %s', (kind, chart, certificate) => {
    const made = input({ kind });
    expect(commandOf(made, 'install')).toContain(
      `helm upgrade --install ${chart} oci://ghcr.io/openchoreo/helm-charts/${chart} --version 1.2.3`,
    );
    expect(commandOf(made, 'wait')).toContain(`certificate/${certificate}`);
    for (const { id, command } of setupCommands(made)) {
      if (id !== 'gateway-ca') expect(command).toContain(chart);
    }
  });

  test.each(['BuildPlane', 'ClusterBuildPlane'])(
    'of a %s wait for the Secret, as its certificate has no name that was verified',
    (kind) => {
      const command = commandOf(input({ kind }), 'wait');
      expect(command).not.toContain('certificate/');
      expect(command).toContain(
        'until kubectl --context PL get secret cluster-agent-tls -n openchoreo-build-plane',
      );
    },
  );

  test('name the values that the charts read, never planeId', () => {
    for (const entry of PLANE_KINDS) {
      const install = commandOf(input({ kind: entry.kind }), 'install');
      expect(install).toContain('clusterAgent.planeID=my-plane');
      expect(install).toContain('clusterAgent.serverUrl=wss://gateway.example.com:8443/ws');
      expect(install).toContain('--version 1.2.3 --kube-context PL');
      expect(install).not.toMatch(/planeId\b/);
    }
  });

  test('say what is missing, and stand with placeholders that no shell takes for a redirection', () => {
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

/** Programs by these names that write down how they were called, one argument a line, and what they were given to read. */
describe('run by a shell', () => {
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

  function run(made: CommandInput): { readonly calls: string; readonly output: string } {
    const home = mkdtempSync(join(folder, 'run-'));
    const calls = join(home, 'calls');
    const script = join(home, 'script.sh');
    writeFileSync(script, commandsScript(setupCommands(made), 'a test\nid > injected'));
    const output = execFileSync('bash', [script], {
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}`, CALLS: calls },
    });
    return { calls: readFileSync(calls, 'utf8'), output };
  }

  test('the whole script reaches its end, and prints the CA', () => {
    const { calls, output } = run(input());
    expect(output).toBe('ABC');
    expect(calls).toContain('== helm\nupgrade\n--install\nopenchoreo-data-plane\n');
    expect(calls).toContain('clusterAgent.tls.caSecretName=\n');
  });

  test('so it does for a build plane, which waits in a loop', () => {
    expect(run(input({ kind: 'BuildPlane' })).output).toBe('ABC');
  });

  test.each([
    ['it\'s $(id) `id` "x" ; exit 1', 'a context'],
    ['x\ny', 'a planeID'],
  ])('hostile values stay one argument: %j', (hostile, what) => {
    const made =
      what === 'a planeID'
        ? input({ planeID: hostile })
        : input({
            values: { ...VALUES, planeContext: hostile, controlPlaneContext: hostile },
            gatewayCaPem: null,
          });
    const { calls, output } = run(made);
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

  test('keeps each certificate of a bundle, and nothing that stands between them', () => {
    const both = certificatesOnly(`subject=CN = x\n${block}\nCERTIFICATE\nrm -rf /\n${block}`);
    expect(both?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(both).not.toContain('rm');
    expect(both?.split('\n')).not.toContain('CERTIFICATE');
  });

  test.each([
    ['nothing', ''],
    ['a private key', block.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
    ['a block that is no base64', '-----BEGIN CERTIFICATE-----\n$(id)\n-----END CERTIFICATE-----'],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----'],
  ])('finds none in %s', (_name, text) => {
    expect(certificatesOnly(text)).toBeNull();
  });
});
