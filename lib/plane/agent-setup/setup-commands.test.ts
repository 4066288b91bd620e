import { describe, expect, test } from 'vitest';
import { kindOfName, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { NO_VALUES } from './command-values';
import { DEFAULT_CHOICES } from './setup-choices';
import { type CommandInput, printAgentCaCommand, setupCommands } from './setup-commands';

const CA = `-----BEGIN CERTIFICATE-----\n${'QUJD'.repeat(16)}\n-----END CERTIFICATE-----\n`;
const VALUES = {
  ...NO_VALUES,
  chartVersion: '1.2.3',
  gatewayUrl: 'wss://gateway.example.com:8443/ws',
  planeContext: 'PL',
  controlPlaneContext: 'CP',
  gatewayHostname: '*.apps.example.com',
  gatewayCertificate: 'gateway-tls',
  observerSecret: 'observer',
  openSearchSecret: 'opensearch',
  controlPlaneApiUrl: 'https://api.example.com',
  observerBaseUrl: 'https://observer.example.com',
  caSecret: 'company-ca',
};
const VERSIONS: Record<string, string> = { build: '0.17.0' };

function input(changes: Partial<CommandInput> & { kind?: string } = {}): CommandInput {
  const { kind = 'DataPlane', ...rest } = changes;
  const entry = kindOfName(kind);
  if (!entry) throw new Error(`${kind} is no plane kind.`);
  const values = { ...VALUES, chartVersion: VERSIONS[entry.role] ?? VALUES.chartVersion };
  return { entry, planeID: 'my-plane', values, gatewayCaPem: CA, ...rest };
}

/** Joins continuation lines, which make no difference to a shell. */
const oneLine = (command: string) => command.replaceAll(/ \\\n\s*/g, ' ');

const stepOf = (given: CommandInput, id: string) => setupCommands(given).find((step) => step.id === id);
const commandOf = (given: CommandInput, id: string) => oneLine(stepOf(given, id)?.command ?? '');
const idsOf = (given: CommandInput) => setupCommands(given).map(({ id }) => id);

describe('setupCommands', () => {
  test('returns the steps in the order in which they run', () => {
    const agent = ['install', 'wait', 'agent-ca'];
    const first = ['prerequisites', 'values', 'gateway-ca', 'namespace', 'trust'];
    expect(idsOf(input())).toEqual([...first, 'secrets', 'ca', ...agent]);
    expect(idsOf(input({ kind: 'WorkflowPlane' }))).toEqual([...first, 'ca', ...agent]);
    const choices = { ...DEFAULT_CHOICES, certificate: 'self-signed', gatewayTls: false } as const;
    expect(idsOf(input({ choices }))).toEqual([...first, ...agent]);
  });

  test('says how to create each kind of Secret that the chart reads', () => {
    const whyOf = (given: CommandInput) => stepOf(given, 'secrets')?.why ?? '';
    expect(whyOf(input())).toContain('missing with kubectl create secret tls NAME -n openchoreo-data-plane');
    expect(whyOf(input())).not.toContain('generic');
    const observability = input({ kind: 'ObservabilityPlane' });
    expect(whyOf(observability)).toMatch(
      /secret generic NAME .*, the gateway's with kubectl create secret tls/,
    );
    expect(whyOf({ ...observability, choices: { ...DEFAULT_CHOICES, gatewayTls: false } })).not.toContain(
      'secret tls',
    );
  });

  test('uses the control plane only if Planeboard may not read its certificate', () => {
    expect(setupCommands(input()).every(({ where }) => where !== 'control-plane')).toBe(true);
    const given = input({ gatewayCaPem: null });
    expect(stepOf(given, 'gateway-ca')?.where).toBe('control-plane');
    expect(commandOf(given, 'gateway-ca')).toBe(
      "kubectl --context CP get secret cluster-gateway-ca -n openchoreo-control-plane -o jsonpath='{.data.ca\\.crt}' | base64 -d > my-plane-data-plane-gateway-ca.crt",
    );
    const others = setupCommands(given).filter(({ where }) => where === 'control-plane');
    expect(others).toHaveLength(1);
  });

  test('ignores material without a certificate', () => {
    expect(stepOf(input({ gatewayCaPem: 'not a certificate' }), 'gateway-ca')?.where).toBe('control-plane');
  });

  test('has the agent trust what ends TLS before the gateway', () => {
    const step = stepOf(input({ tlsEndsAt: 'the Ingress agents' }), 'gateway-ca');
    expect(step?.title).toBe('Save the CA of the Ingress agents');
    expect(step?.why).toContain("not the gateway's own CA");
    expect(step?.command).toContain('openssl s_client -connect gateway.example.com:8443');
    expect(step?.command).not.toContain('BEGIN CERTIFICATE');
  });

  test.each([
    ['DataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane'],
    ['ClusterDataPlane', 'openchoreo-data-plane', 'cluster-agent-dataplane'],
    ['WorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane'],
    ['ClusterWorkflowPlane', 'openchoreo-workflow-plane', 'cluster-agent-workflowplane'],
    ['ObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane'],
    ['ClusterObservabilityPlane', 'openchoreo-observability-plane', 'cluster-agent-observabilityplane'],
  ])('for kind %s installs the chart %s and waits for %s', (kind, chart, deployment) => {
    const given = input({ kind });
    expect(commandOf(given, 'install')).toContain(
      `helm upgrade --install ${chart} oci://ghcr.io/openchoreo/helm-charts/${chart} --version 1.2.3 --kube-context PL -n ${chart} -f my-plane-`,
    );
    expect(commandOf(given, 'wait')).toContain(`certificate/${deployment}-tls`);
    expect(commandOf(given, 'wait')).toContain(`rollout status deployment/${deployment}`);
  });

  test.each(['BuildPlane', 'ClusterBuildPlane'])(
    'waits for the Secret of a %s, whose certificate has no verified name',
    (kind) => {
      const command = commandOf(input({ kind }), 'wait');
      expect(command).not.toContain('certificate/');
      expect(command).toContain('get secret cluster-agent-tls -n openchoreo-build-plane');
      expect(command).toContain('rollout status deployment/cluster-agent-buildplane');
    },
  );

  test('never uses the planeId of the documentation, which the charts ignore', () => {
    for (const entry of PLANE_KINDS)
      for (const { command } of setupCommands(input({ kind: entry.kind })))
        expect(command).not.toMatch(/planeId\b/);
  });

  test('takes the charts from the configured repository', () => {
    const chartRepository = 'oci://registry.example.com/charts/';
    expect(commandOf(input({ chartRepository }), 'install')).toContain(
      'oci://registry.example.com/charts/openchoreo-data-plane --version',
    );
  });

  test('has a newer chart compared with its own values', () => {
    const given = input({ values: { ...VALUES, chartVersion: '1.3.0' } });
    expect(commandOf(given, 'show-values')).toBe(
      'helm show values oci://cr.openchoreo.dev/openchoreo/helm-charts/openchoreo-data-plane --version 1.3.0',
    );
    expect(idsOf(given).indexOf('show-values')).toBeLessThan(idsOf(given).indexOf('install'));
  });

  test.each([
    ['DataPlane', '0.14.0', ['cert-manager.io/v1', 'gateway.networking.k8s.io/v1', 'external-secrets.io/v1']],
    ['DataPlane', '0.16.0', ['cert-manager.io/v1', 'gateway.networking.k8s.io/v1']],
    [
      'DataPlane',
      '1.2.3',
      ['cert-manager.io/v1', 'gateway.networking.k8s.io/v1', 'gateway.kgateway.dev/v1alpha1'],
    ],
    ['BuildPlane', '0.14.0', ['cert-manager.io/v1', 'argoproj.io/v1alpha1', 'external-secrets.io/v1']],
    ['WorkflowPlane', '1.2.3', ['cert-manager.io/v1']],
    ['ObservabilityPlane', '0.14.0', ['cert-manager.io/v1', 'opensearch.opster.io/v1']],
    [
      'ObservabilityPlane',
      '0.15.0',
      [
        'cert-manager.io/v1',
        'gateway.networking.k8s.io/v1',
        'gateway.kgateway.dev/v1alpha1',
        'opensearch.opster.io/v1',
      ],
    ],
    [
      'ObservabilityPlane',
      '1.0.0',
      ['cert-manager.io/v1', 'gateway.networking.k8s.io/v1', 'gateway.kgateway.dev/v1alpha1'],
    ],
  ])('checks what the chart of a %s of %s needs', (kind, chartVersion, apis) => {
    const command = commandOf(input({ kind, values: { ...VALUES, chartVersion } }), 'prerequisites');
    const needed = [...command.matchAll(/^ {2}need (\S+) (\S+)/gm)];
    expect(needed.map(([, group, version]) => `${group}/${version}`)).toEqual(apis);
  });

  test('checks the ClusterSecretStore that the plane names, and what serves it', () => {
    const command = commandOf(input({ secretStore: 'vault' }), 'prerequisites');
    expect(command).toContain('get clustersecretstores.external-secrets.io vault');
    expect(command).toContain('need external-secrets.io v1 ');
    expect(commandOf(input(), 'prerequisites')).not.toContain('external-secrets');
  });

  test.each([
    ['0.16.0', ['check opensearch username', 'check opensearch password']],
    [
      '1.0.0',
      [
        'check opensearch username',
        'check opensearch password',
        'check observer OPENSEARCH_USERNAME',
        'check observer OPENSEARCH_PASSWORD',
        'check observer UID_RESOLVER_OAUTH_CLIENT_SECRET',
      ],
    ],
    ['1.2.3', ['check observer UID_RESOLVER_OAUTH_CLIENT_SECRET']],
  ])('checks the keys of the Secrets that the observability chart of %s reads', (chartVersion, checks) => {
    const given = input({ kind: 'ObservabilityPlane', values: { ...VALUES, chartVersion } });
    expect(
      [...commandOf(given, 'secrets').matchAll(/^ {2}(check \w+ \w+)$/gm)].map(([, line]) => line),
    ).toEqual(checks);
  });

  test('lists missing values and uses placeholders that no shell reads as a redirection', () => {
    const values = { ...VALUES, chartVersion: '', planeContext: 'a\u0007b' };
    const steps = setupCommands(input({ values }));
    expect(steps.map(({ id, missing }) => [id, missing])).toEqual([
      ['prerequisites', ['chartVersion', 'planeContext']],
      ['values', ['chartVersion']],
      ['gateway-ca', []],
      ['namespace', ['planeContext']],
      ['trust', ['planeContext']],
      ['ca', ['planeContext']],
      ['install', ['chartVersion', 'planeContext']],
      ['wait', ['planeContext']],
      ['agent-ca', ['planeContext']],
    ]);
    expect(commandOf(input({ values }), 'install')).toContain(
      "--version '<chart-version>' --kube-context '<plane-context>'",
    );
  });

  test('prints the CA of an installed agent, whoever issued its certificate', () => {
    expect(oneLine(printAgentCaCommand('data', 'PL'))).toBe(commandOf(input(), 'agent-ca'));
    expect(printAgentCaCommand('data', '')).toContain("--context '<plane-context>'");
  });
});
