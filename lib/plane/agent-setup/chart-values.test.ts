import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '@/lib/plane/json/json';
import { ROLES, type Role } from '@/lib/plane/model/kinds';
import { CHART_RELEASES, chartFailures } from '@/testing/plane/chart-demands';
import { chartReleaseOf, chartRepository, isNewerThanKnown, releaseProblem } from './chart-release';
import { chartValues, OPEN_MARK, requiredSettings } from './chart-values';
import { NO_VALUES } from './command-values';
import { CERTIFICATE_MODES, DEFAULT_CHOICES, type SetupChoices } from './setup-choices';

const FILLED = {
  ...NO_VALUES,
  gatewayUrl: 'wss://gateway.example.com:8443/ws',
  caSecret: 'company-ca',
  gatewayHostname: '*.apps.example.com',
  gatewayCertificate: 'gateway-tls',
  openSearchCredentialsSecret: 'opensearch-admin',
  openSearchSecret: 'opensearch',
  observerSecret: 'observer',
  controlPlaneApiUrl: 'https://api.example.com',
  observerBaseUrl: 'https://observer.example.com',
};

function valuesOf(role: Role, release: string, choices: Partial<SetupChoices> = {}, changes = {}) {
  const values = { ...FILLED, chartVersion: `${release}.0`, ...changes };
  const made = chartValues(role, 'prod', values, { ...DEFAULT_CHOICES, ...choices });
  return { ...made, parsed: parse(made.yaml) as JsonObject };
}

/** The charts that exist: build planes became workflow planes in 1.0. */
const CHARTS = ROLES.flatMap((role) =>
  CHART_RELEASES.filter((release) => {
    const parsed = chartReleaseOf(`${release}.0`);
    return parsed !== null && releaseProblem(role, parsed) === null;
  }).map((release) => [role, release] as const),
);

describe('the values file', () => {
  test('covers every chart', () => {
    expect(CHARTS).toHaveLength(12 + 9 + 3 + 12);
  });

  test.each(CHARTS)('of a %s plane satisfies the chart of %s, with each certificate', (role, release) => {
    for (const certificate of CERTIFICATE_MODES) {
      const { parsed, missing } = valuesOf(role, release, { certificate });
      expect(chartFailures(role, release, parsed)).toEqual([]);
      expect(missing).toEqual([]);
    }
  });

  test.each(CHARTS)('of a %s plane for %s lists everything that is missing', (role, release) => {
    const { missing } = valuesOf(role, release, {}, { ...NO_VALUES, chartVersion: `${release}.0` });
    const settings = requiredSettings(
      role,
      { major: Number(release.split('.')[0]), minor: Number(release.split('.')[1]) },
      DEFAULT_CHOICES,
    );
    expect(missing).toEqual([
      'gatewayUrl',
      ...settings.filter(({ form }) => form !== 'secret').map(({ name }) => name),
    ]);
  });

  test.each(CHARTS)(
    'of a %s plane satisfies the chart of %s without HTTPS at the gateway',
    (role, release) => {
      const { parsed, missing } = valuesOf(
        role,
        release,
        { gatewayTls: false },
        { gatewayHostname: '', gatewayCertificate: '' },
      );
      expect(chartFailures(role, release, parsed)).toEqual([]);
      expect(missing).toEqual([]);
    },
  );

  test.each(['data', 'observability'] as const)(
    "of a %s plane names the gateway's certificate, without which the Gateway API rejects the gateway",
    (role) => {
      const { parsed } = valuesOf(role, '1.2');
      expect(parsed).toMatchObject({
        gateway: { tls: { hostname: '*.apps.example.com', certificateRefs: [{ name: 'gateway-tls' }] } },
      });
    },
  );

  test.each([
    ['1.2', undefined],
    ['1.3', { commonLabels: { 'openchoreo.dev/plane': 'workflowplane', 'openchoreo.dev/plane-id': 'prod' } }],
    ['0.0', { commonLabels: { 'openchoreo.dev/plane': 'workflowplane', 'openchoreo.dev/plane-id': 'prod' } }],
  ])(
    "of a workflow plane for %s repeats the planeID in Argo's labels if the chart may require it",
    (release, labels) => {
      expect(valuesOf('workflow', release).parsed['argo-workflows']).toEqual(labels);
      expect(valuesOf('data', release).parsed['argo-workflows']).toBeUndefined();
    },
  );

  test('marks what is left open, and never takes a password from the page', () => {
    const { yaml, open, missing } = valuesOf(
      'observability',
      '0.15',
      {
        open: ['openSearchSecret'],
      },
      { openSearchSecret: '', openSearchAdminPassword: 'secret' },
    );
    expect(open).toEqual(['OpenSearch administrator password', 'Secret for OpenSearch']);
    expect(missing).toEqual([]);
    expect(yaml.match(new RegExp(OPEN_MARK, 'g'))).toHaveLength(2);
    expect(yaml).not.toContain('secret"');
  });

  test.each(['007', 'null', 'true', '1e3', 'a-b'])('keeps the planeID %s a text', (planeID) => {
    const { yaml } = chartValues('workflow', planeID, FILLED, DEFAULT_CHOICES);
    expect(parse(yaml)).toMatchObject({ clusterAgent: { planeID } });
  });

  test.each([
    ['own-ca', false, 'cluster-agent-ca'],
    ['self-signed', true, ''],
    ['company-ca', false, 'company-ca'],
  ] as const)('sets the issuer for the certificate %s', (certificate, generateCerts, caSecretName) => {
    const { parsed } = valuesOf('workflow', '1.2', { certificate });
    expect(parsed).toMatchObject({ clusterAgent: { tls: { generateCerts, caSecretName } } });
  });

  test('keeps a hostile value one text of its line', () => {
    const hostile = 'x"\n# y: z\nVALUES\n\u2028';
    const { yaml } = chartValues('workflow', hostile, FILLED, DEFAULT_CHOICES);
    expect(parse(yaml)).toMatchObject({ clusterAgent: { planeID: hostile } });
    expect(yaml.split('\n')).not.toContain('VALUES');
  });
});

describe('a release', () => {
  test.each([
    ['1.2.3', 'oci://ghcr.io/openchoreo/helm-charts', false],
    ['0.9.0', 'oci://ghcr.io/openchoreo/helm-charts', false],
    ['1.3.0', 'oci://cr.openchoreo.dev/openchoreo/helm-charts', true],
    ['v2.0.0-rc.1', 'oci://cr.openchoreo.dev/openchoreo/helm-charts', true],
    ['0.0.0-latest-dev', 'oci://cr.openchoreo.dev/openchoreo/helm-charts', true],
  ])('%s has its charts in %s', (version, repository, isNewer) => {
    const release = chartReleaseOf(version);
    expect(chartRepository(release)).toBe(repository);
    expect(release && isNewerThanKnown(release)).toBe(isNewer);
  });

  test.each([
    ['build', '1.0.0', /workflow planes/],
    ['workflow', '0.17.0', /since release 1\.0/],
    ['data', '0.8.0', /other values/],
    ['data', '0.9.0', null],
    ['build', '0.17.0', null],
    ['workflow', '1.0.0', null],
  ] as const)('of a %s plane, %s, is checked for having a chart', (role, version, problem) => {
    const release = chartReleaseOf(version);
    const found = release && releaseProblem(role, release);
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });
});
