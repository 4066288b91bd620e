import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import type { FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import { DAY_MS } from '@/lib/plane/time/duration';
import { grant } from '@/testing/control-plane/kube-objects';
import type { FindingCase } from '@/testing/installation/findings/finding-case';
import { createCases, findingCases, finishCase } from '@/testing/installation/findings/finding-cases';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';
import { expectFinding } from './expect-finding';

const LONG_WAIT = { timeout: 45_000 };

/** One case of each shape of a finding. `diagnose.integration.test.ts` proves all cases. */
const SHAPES: readonly (readonly [shape: string, finding: FindingCase])[] = [
  ['an error with a command', caseOf('agent-lost')],
  ['an error that depends on other planes', caseOf('agent-refused')],
  ['a warning with a command', caseOf('condition-false')],
  ['a note', caseOf('certificate-pinned')],
  ['a note that decides the state and has no remedy', caseOf('deleting')],
];
const WITH_BUTTON = caseOf('reference-missing');
const WITH_CONTEXTS = caseOf('heartbeat-stale');

function caseOf(code: FindingCode): FindingCase {
  const found = findingCases().find((item) => item.code === code);
  if (!found) throw new Error(`No case has the code ${code}.`);
  return found;
}

test.describe('with a plane or its related resources at fault', () => {
  test.beforeAll(async ({ installation }) => {
    await createCases(installation, [...SHAPES.map(([, item]) => item), WITH_BUTTON, WITH_CONTEXTS]);
  });

  for (const [shape, item] of SHAPES) {
    test(`shows ${shape}: ${item.code}`, async ({ installation, planePage }) => {
      await finishCase(installation, item);
      await planePage.open(item.plane);
      await expectFinding(planePage, item);
      // A note that doesn't decide the state is folded below "No known problems".
      const isFolded = shape === 'a note';
      await expect(planePage.card('Diagnosis').getByText('No known problems')).toHaveCount(isFolded ? 1 : 0);
    });
  }

  test("a remedy's button opens the page that resolves the finding", async ({ planePage, page }) => {
    await planePage.open(WITH_BUTTON.plane);
    await expectFinding(planePage, WITH_BUTTON);
    const finding = await planePage.finding(WITH_BUTTON.code);
    await finding.getByRole('link', { name: 'Register observability plane' }).click();
    await expect(page).toHaveURL(/\/register\?kind=observabilityplanes$/);
    await expect(page.getByRole('heading', { level: 2, name: 'Name the plane' })).toBeVisible();
  });

  test("a finding's commands contain the contexts entered below it, also after a reload", async ({
    planePage,
    page,
  }) => {
    await planePage.open(WITH_CONTEXTS.plane);
    await expectFinding(planePage, WITH_CONTEXTS);
    const finding = await planePage.finding(WITH_CONTEXTS.code);
    const commands = finding.getByRole('list');
    await expect(commands).toContainText("kubectl --context '<control-plane-context>' logs");
    await expect(commands).toContainText("kubectl --context '<plane-context>' logs");
    const why = planePage.card('Diagnosis');
    await why.getByLabel(/context of the control plane, for the commands$/).fill('cp-eu');
    await why.getByLabel(/context of the plane's cluster, for the commands$/).fill('eu-west');
    await expect(commands).toContainText('kubectl --context cp-eu logs -n openchoreo-control-plane');
    await expect(commands).toContainText('kubectl --context eu-west logs -n openchoreo-data-plane');
    await page.reload();
    await expect(await planePage.finding(WITH_CONTEXTS.code)).toContainText('kubectl --context cp-eu logs');
    // The inputs stay once they are filled, so that a context can be corrected.
    await expect(why.getByLabel(/context of the control plane, for the commands$/)).toHaveValue('cp-eu');
    await expect(why.getByLabel(/context of the plane's cluster, for the commands$/)).toHaveValue('eu-west');
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
    const references = planePage.card('References');
    await expect(references).toContainText("Couldn't be listed with your permissions: Environment");
    await expect(references).not.toContainText('Nothing refers to this plane.');
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
