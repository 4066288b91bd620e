import { crdsOf } from '@/demo/crds/profiles';
import { escaped } from '@/e2e/support/fill-fields';
import { test as base, expect } from '@/e2e/support/registration-test';
import type { JsonObject } from '@/lib/plane/json/json';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { registrationSecrets, startInstallation } from '@/testing/installation/installation';
import { inventedKind } from '@/testing/plane/installed-kinds';
import { agentCaPem, DATA_PLANES, NAME, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

/** Fields that no release has, of every type that a schema can describe. */
const UNKNOWN = {
  licence: { type: 'string', description: 'Number of the contract that covers this cluster.', minLength: 4 },
  seats: { type: 'integer', minimum: 1, maximum: 100, description: 'How many may work in it.' },
  tier: { type: 'string', enum: ['gold', 'silver'] },
  siteCode: { type: 'string', pattern: '^[A-Z]{2}-[0-9]+$' },
  isEdge: { type: 'boolean' },
  maxSurge: { 'x-kubernetes-int-or-string': true },
  nodeLabels: { type: 'object', additionalProperties: { type: 'string' } },
  dnsServers: { type: 'array', items: { type: 'string' }, maxItems: 2 },
  zones: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, weight: { type: 'integer', minimum: 0 } },
    },
  },
  cache: {
    type: 'object',
    required: ['size'],
    properties: {
      size: { type: 'string' },
      ttlSeconds: { type: 'integer', default: 60 },
      backend: {
        type: 'object',
        properties: { driver: { type: 'string', enum: ['disk', 'memory'] }, path: { type: 'string' } },
      },
    },
  },
  auditToken: {
    type: 'object',
    properties: {
      value: { type: 'string' },
      secretKeyRef: {
        type: 'object',
        required: ['name', 'key'],
        properties: { name: { type: 'string' }, namespace: { type: 'string' }, key: { type: 'string' } },
      },
    },
  },
  extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};
const REQUIRED = ['licence', 'seats'];

const FILLED: JsonObject = {
  licence: 'C-2026-0042',
  seats: 12,
  tier: 'silver',
  siteCode: 'ZH-17',
  isEdge: false,
  maxSurge: 3,
  nodeLabels: { 'example.com/zone': 'a', spot: 'true' },
  dnsServers: ['10.0.0.53', '10.0.1.53'],
  zones: [{ name: 'north', weight: 7 }, { name: 'south' }],
  cache: { size: '20Gi', backend: { driver: 'disk', path: '/var/cache' } },
  auditToken: { value: 'not-a-real-token' },
  extra: { deep: { list: [1, 'two', true] } },
};

/** Returns the newest release's data plane CRD with the unknown fields, as a patch for the API server. */
function extendedCrd() {
  const crd = crdsOf('1.2').find(({ spec }) => spec.names.kind === 'DataPlane');
  const [version] = crd?.spec.versions ?? [];
  const schema = version?.schema.openAPIV3Schema;
  const spec = schema?.properties?.spec;
  if (!crd || !version || !schema || !spec) throw new Error('There is no DataPlane to extend.');
  const extended = {
    ...spec,
    properties: { ...spec.properties, ...UNKNOWN },
    required: [...(spec.required ?? []), ...REQUIRED],
  };
  const openAPIV3Schema = { ...schema, properties: { ...schema.properties, spec: extended } };
  return {
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd.metadata.name}`,
    patch: { spec: { versions: [{ ...version, schema: { openAPIV3Schema } }] } },
    kind: inventedKind('DataPlane', extended),
  };
}

const test = base.extend({
  /** An installation for this test alone, which changes a kind. The server is already running and must notice. */
  installation: async ({ release }, use) => {
    const installation = await startInstallation(await ownControlPlane(release), release);
    const { path, patch } = extendedCrd();
    await installation.controlPlane.client.patch(path, patch);
    await ensureNamespace(installation.controlPlane.client, NAMESPACE);
    await use(installation);
    await installation.stop();
  },
  baseURL: async ({ installation }, use) => {
    await use(installation.server.url);
  },
});

test('unknown fields of every type have an input and are stored with their type', async ({
  wizard,
  page,
  installation,
}) => {
  test.setTimeout(120_000);
  const { kind } = extendedCrd();
  const caPem = await agentCaPem();
  const plane = prodPlane(caPem);
  // The server reads the schemas every 30 s, so it needs no restart.
  await expect(async () => {
    const answer = await page.request.get('/api/catalog');
    expect(await answer.text()).toContain('Number of the contract');
  }).toPass({ timeout: 60_000 });
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(plane);
  await wizard.goOn('connection');
  await wizard.fillConnection(kind, plane);
  await wizard.goOn('services');

  await test.step('reports missing required fields', async () => {
    await wizard.form.getByRole('button', { name: /^Continue/ }).click();
    await expect(wizard.form.getByRole('status').last()).toHaveText('2 fields need attention.');
    await expect(wizard.input('Licence')).toBeFocused();
    await expect(wizard.input('Licence')).toHaveAccessibleDescription(
      /Number of the contract.*This is required\.$/,
    );
  });
  for (const [label, typed, problem] of [
    ['Licence', 'C-1', 'Use at least 4 characters; this has 3.'],
    ['Seats', '101', 'Enter a whole number from 1 to 100.'],
    ['Seats', 'many', 'Enter a whole number from 1 to 100.'],
    ['Site code', 'zurich', 'This must match ^[A-Z]{2}-[0-9]+$'],
  ] as const) {
    await test.step(`rejects ${typed} for ${label}`, async () => {
      await wizard.input(label).fill(typed);
      await wizard.input(label).blur();
      await expect(wizard.input(label)).toHaveAccessibleDescription(new RegExp(`${escaped(problem)}$`));
    });
  }
  await wizard.fillServices(kind, { ...plane, spec: FILLED });
  await expect(wizard.yaml).not.toContainText('not-a-real-token');
  await wizard.goOn('review');
  await expect(wizard.verdict).toBeVisible();
  await wizard.register();

  const { spec } = await installation.controlPlane.client.get(`${DATA_PLANES}/${NAME}`);
  expect(spec).toMatchObject({ ...FILLED, cache: { ...(FILLED.cache as JsonObject), ttlSeconds: 60 } });
  expect(Object.keys(spec as JsonObject).sort()).toEqual(
    [...Object.keys(FILLED), 'clusterAgent', 'planeID'].sort(),
  );
  expect(Object.keys(specSchema(kind).properties ?? {})).toEqual(expect.arrayContaining(Object.keys(FILLED)));
  expect((await registrationSecrets(installation)).length, 'Only the CA is in a Secret.').toBe(1);
  await page.goto(`/planes/dataplanes/${NAMESPACE}/${NAME}?tab=yaml`);
  await expect(page.getByText('C-2026-0042').first()).toBeVisible();
  await expect(page.getByText('not-a-real-token')).toHaveCount(0);
});
