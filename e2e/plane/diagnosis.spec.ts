import { rewriteStored } from '@/demo/control-plane/etcd';
import { applyCrd } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { onRelease } from '@/e2e/support/on-release';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { fleetSnapshotSchema } from '@/lib/api/fleet';
import { FINDING_CODES } from '@/lib/plane/diagnosis/diagnosis-finding';
import { DAY_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { grant } from '@/testing/control-plane/kube-objects';
import { timeAgo } from '@/testing/control-plane/plane-statuses';
import {
  connectedPlane,
  planeWithoutAgent,
  type SimulatedPlane,
} from '@/testing/installation/simulated-planes';
import { agentCases } from './agent-cases';
import { certificateCases } from './certificate-cases';
import { expectFinding, type FindingCase } from './finding-case';
import { resourceCases } from './resource-cases';

const LONG_WAIT = { timeout: 45_000 };

/** Every finding that a plane or its related resources can cause on the newest release. */
const cases: readonly FindingCase[] = [...resourceCases(), ...certificateCases(), ...agentCases()];

test.describe('with a plane or its related resources at fault', () => {
  test.beforeAll(async ({ installation }) => {
    test.setTimeout(300_000);
    const [buildPlane] = crdsOf('0.16').filter(({ spec }) => spec.names.kind === 'BuildPlane');
    if (buildPlane) await applyCrd(installation.kube, buildPlane);
    for (const { plane, createParts, others = [], createLate } of cases) {
      for (const added of [...others, ...(createLate ? [] : [{ ...plane, ...(await createParts?.()) }])])
        if (!(await installation.find(added))) await installation.add(added);
    }
    const key = '/registry/openchoreo.dev/dataplanes/shop/hanging';
    await rewriteStored(installation.demo.controlPlane.etcdUrl, key, (object) => {
      Object.assign(object.metadata as object, { deletionTimestamp: timeAgo(20 * MINUTE_MS) });
    });
  });

  for (const item of cases) {
    test(`reports ${item.code} as "${item.title}"`, async ({ installation, planePage }) => {
      if (item.createLate) await installation.add(item.plane);
      if (item.status) await installation.setStatus(item.plane, item.status());
      await planePage.open(item.plane);
      await expectFinding(planePage, item);
    });
  }

  test('reports kind-unreconciled for a kind that is still served but has no controller', async ({
    installation,
    planePage,
    request,
  }) => {
    test.setTimeout(120_000);
    const plane = connectedPlane('left-over', { kind: 'BuildPlane', frozen: true, spec: {} });
    await expect(() => installation.add(plane)).toPass(LONG_WAIT);
    await expect(async () => {
      const fleet = fleetSnapshotSchema.parse(await (await request.get('/api/planes')).json());
      expect(fleet.planes.map(({ name }) => name)).toContain('left-over');
    }).toPass(LONG_WAIT);
    await planePage.open(plane);
    await expectFinding(planePage, {
      code: 'kind-unreconciled',
      severity: 'warning',
      title: 'No controller reconciles BuildPlanes',
      known: /still serves buildplanes, but workflow planes replace them in this release/,
      todo: /Register a workflow plane for this cluster instead/,
    });
  });
});

test.describe('with limited permissions or a partial API', () => {
  test('reports secret-unreadable and reference-not-visible when the caller lacks permissions', async ({
    installation,
    startServer,
    page,
  }) => {
    const plane = connectedPlane('hidden-parts', {
      ca: 'authority-in-secret',
      spec: { observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'somewhere' } },
    });
    await installation.add(plane);
    const { controlPlane } = installation.demo;
    const user = await controlPlane.addUser({ name: 'sees-little' });
    await grant(installation.kube, 'sees-little', [
      { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get', 'list', 'watch'] },
    ]);
    const server = await startServer({ kubeconfigPath: user.kubeconfigPath });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane);
    await expectFinding(planePage, {
      code: 'secret-unreadable',
      severity: 'note',
      title: "You can't read the agent CA's Secret",
      known: /You can't read Secret shop\/hidden-parts-agent-ca, which should hold the agent CA/,
      todo: /auth can-i get secrets\/hidden-parts-agent-ca -n shop/,
    });
    await planePage.page.reload();
    await expectFinding(planePage, {
      code: 'reference-not-visible',
      severity: 'note',
      title: "Observability plane isn't visible",
      known: /couldn't be checked whether ObservabilityPlane shop\/somewhere exists/,
      todo: null,
    });
  });

  test('reports schema-unknown when the API server denies the schema', async ({
    installation,
    startServer,
    faultProxy,
    page,
  }) => {
    const { history: _history, ...plane } = planeWithoutAgent('unknown-schema', {
      ageMs: DAY_MS,
      frozen: true,
    });
    await installation.add(plane);
    faultProxy.rule = (path) => (path.startsWith('/openapi/') ? { status: 403 } : undefined);
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane);
    await expectFinding(planePage, {
      code: 'schema-unknown',
      severity: 'error',
      title: "Schema couldn't be read",
      known: /This release's schema couldn't be read/,
      todo: /get --raw \/openapi\/v3\/apis\/openchoreo\.dev\/v1alpha1/,
    });
  });
});

test.describe('without contact to the API server', () => {
  // Requests sent before the page notices the loss fail with 503, and are retried until they succeed.
  test.use({ expectedErrors: [/Failed to load resource: .*503/] });

  test('reports no-contact when the API server stops answering', async ({
    installation,
    startServer,
    faultProxy,
    page,
  }) => {
    test.setTimeout(120_000);
    const plane = connectedPlane('out-of-sight');
    await installation.add(plane);
    const server = await startServer({
      kubeconfigPath: faultProxy.kubeconfigPath,
      env: { PLANEBOARD_CONTACT_LOST_SECONDS: '8' },
    });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane);
    await expect(planePage.card('Diagnosis').getByText(/^Related resources checked/)).toBeVisible();
    faultProxy.fallSilent();
    await expect(planePage.card('Diagnosis').locator('[data-finding="no-contact"]')).toBeVisible(LONG_WAIT);
    await expectFinding(planePage, {
      code: 'no-contact',
      severity: 'error',
      title: 'No data from the API server',
      known: /No data from the API server for \d+ s/,
      todo: /get --raw \/readyz/,
    });
    faultProxy.endSilence();
  });
});

test.describe('without an agent', onRelease('0.7'), () => {
  test('reports not-measured when the control plane calls the cluster directly', async ({
    installation,
    planePage,
  }) => {
    const plane: SimulatedPlane = {
      kind: 'DataPlane',
      namespace: 'shop',
      name: 'called',
      access: 'token-in-secret',
      spec: {
        gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
      },
    };
    await installation.add(plane);
    await planePage.open(plane);
    await expectFinding(planePage, {
      code: 'not-measured',
      severity: 'note',
      title: 'Not measured',
      known: /The control plane calls this cluster directly, so no agent reports on it/,
      todo: null,
    });
  });
});

/** Findings that have their own tests above. */
const TESTED_SEPARATELY = [
  'kind-unreconciled',
  'secret-unreadable',
  'reference-not-visible',
  'schema-unknown',
  'no-contact',
  'control-plane-incident',
  'gateway-down',
  'controller-down',
  'not-measured',
];

test('the tests cover every finding code', () => {
  const covered = [...cases.map(({ code }) => code), ...TESTED_SEPARATELY];
  expect(covered.toSorted()).toEqual([...FINDING_CODES].toSorted());
});
