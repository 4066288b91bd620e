import { FleetPage } from '@/e2e/support/fleet-page';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { expect, test } from '@/e2e/support/plane-test';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'around';
/** Validity of the charts' default certificate. */
const LEAF_DAYS = 90;

test('the certificate card shows location, contents, validity, and other planes that use the Secret', async ({
  installation,
  planePage,
}) => {
  const plane = connectedPlane('certified', {
    namespace: NAMESPACE,
    ca: 'leaf-in-secret',
    caOf: 'shared-leaf',
    certificateAgeDays: 30,
  });
  await installation.add(plane);
  await installation.add({ ...plane, name: 'certified-too', planeID: 'certified-too', agents: 0 });
  await planePage.open(plane);
  const card = planePage.card('Agent CA');
  await expect(card).toContainText('Key ca.crt of Secret around/shared-leaf-agent-ca.');
  await expect(card).toContainText('Another plane uses this Secret.');
  await expect(card.getByRole('link', { name: 'certified-too' })).toHaveAttribute(
    'href',
    '/planes/dataplanes/around/certified-too',
  );
  await expect(card).toContainText('CN=certified');
  await expect(card).toContainText(/valid, (59|60) days left/);
  await expect(card).toContainText('IssuerSelf-signed');
  await expect(card).toContainText(/SHA-256([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  await expect(card).toContainText('clientAuth');
});

test('references and referrers are listed and linked', async ({ installation, planePage, page }) => {
  const observability = connectedPlane('watchers', { kind: 'ObservabilityPlane', namespace: NAMESPACE });
  const plane = connectedPlane('referred', {
    namespace: NAMESPACE,
    environments: ['development', 'production'],
    spec: { observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'watchers' } },
  });
  const pipelines = connectedPlane('pipelines', {
    kind: 'WorkflowPlane',
    namespace: NAMESPACE,
    workflows: ['nightly'],
    spec: {},
  });
  for (const added of [observability, plane, pipelines]) await installation.add(added);
  await planePage.open(plane);
  const references = planePage.card('References');
  await expect(references).toContainText('Set by the plane.');
  await expect(references).toContainText('referred-development');
  await expect(references).toContainText('referred-production');
  await references.getByRole('link', { name: 'watchers' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('watchers');
  await references.getByRole('link', { name: 'referred' }).click();
  await expect(page).toHaveURL(/\/planes\/dataplanes\/around\/referred$/);
  await planePage.open(pipelines);
  await expect(references).toContainText('nightly');
});

test('the fleet can be sorted by CA expiry and filtered by it', async ({ installation, page }) => {
  const leaf = { namespace: NAMESPACE, ca: 'leaf-inline' } as const;
  await installation.add(connectedPlane('ends-first', { ...leaf, certificateAgeDays: LEAF_DAYS + 3 }));
  await installation.add(connectedPlane('ends-next', { ...leaf, certificateAgeDays: LEAF_DAYS - 10 }));
  await installation.add(connectedPlane('ends-later', { ...leaf, certificateAgeDays: 5 }));
  await installation.add(planeWithoutAgent('ends-never', { namespace: NAMESPACE, ageMs: 5 * HOUR_MS }));
  const fleet = new FleetPage(page);
  await fleet.open('?show=certificate&sort=certificate');
  await fleet.search.fill('ends-');
  await expect(fleet.names).toHaveText(['ends-first', 'ends-next', 'ends-later', 'ends-never']);
  await expect(await fleet.cell('ends-first', 'CA expires')).toContainText(/expired/i);
  await expect(await fleet.cell('ends-next', 'CA expires')).toContainText(/9 d|10 d|9 days|10 days/);
  await fleet.toggleFilter('Certificate', 'Expired');
  await expect(fleet.names).toHaveText(['ends-first']);
  await expect(page).toHaveURL(/certificate/);
  await page.reload();
  await expect(fleet.names).toHaveText(['ends-first']);
  await expect(fleet.health('ends-first')).toContainText(/CA/);
});

test('refreshing the status triggers the controller, and the page confirms it', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('asked', { namespace: NAMESPACE });
  await installation.add(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Refresh status' }).first().click();
  await expect(page.getByRole('status').filter({ hasText: /Refreshed in \d+ s\./ })).toBeVisible();
  const { metadata } = await installation.read(plane);
  expect(metadata.annotations).toHaveProperty(['planeboard.openchoreo.dev/refreshed-at']);
});

test.describe('a refresh without an answer', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('stays unknown, even if the controller reports later', async ({ installation, planePage, page }) => {
    const plane = connectedPlane('unanswered', { namespace: NAMESPACE, frozen: true });
    await installation.add(plane);
    await planePage.open(plane);
    await loseAnswers(page, '**/refresh');
    await page.getByRole('button', { name: 'Refresh status' }).first().click();
    const text = page.getByRole('status').filter({ hasText: 'Outcome unknown: the refresh may' });
    await expect(text).toBeVisible();
    await installation.setStatus(plane, connectedStatus({ agents: 2 }));
    await expect(planePage.card('Agent connection')).toContainText('2 agents connected');
    await expect(text).toBeVisible();
  });
});
