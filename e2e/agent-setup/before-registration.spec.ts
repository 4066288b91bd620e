import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/registration-test';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { agentCaPem, DATA_PLANE, NAME, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
  await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
});

test('the wizard shows setup commands before the plane exists, and a link shares them with a colleague', async ({
  context,
  wizard,
  page,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const plane = prodPlane(await agentCaPem());
  await wizard.open();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.fillIdentity(plane);
  await wizard.goOn('connection');
  await page.getByRole('radio', { name: 'Not yet, show me the commands' }).check();
  await expect(wizard.form).toContainText(`planeID: "${NAME}"`);
  await expect(wizard.form).toContainText('Fill in the chart version');
  await page.getByLabel('Chart version', { exact: true }).fill('1.2.3');
  await expect(wizard.form).toContainText('--version 1.2.3');
  await page.getByRole('button', { name: 'Copy link for a colleague' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('/register/connect/');
  const link = new URL(await copied());
  expect([...link.searchParams.keys()].toSorted()).toEqual(['certificate', 'planeID', 'version']);

  const colleague = await context.newPage();
  await colleague.goto(link.href);
  await expect(colleague.getByRole('heading', { level: 1, name: `Connect ${NAME}` })).toBeVisible();
  await expect(colleague.locator('[data-check=accepted]')).toContainText("doesn't exist yet");
  const commands = colleague.locator('details', { hasText: 'Agent installation' });
  await expect(commands).toContainText(`planeID: "${NAME}"`);
  await expect(commands).toContainText('--version 1.2.3');

  // A link's version wins over the one that this browser used last.
  link.searchParams.set('version', '1.0.0');
  await colleague.goto(link.href);
  await expect(commands).toContainText('--version 1.0.0');

  // What is entered must be what the commands install.
  await wizard.fillConnection(DATA_PLANE, plane);
  const mismatch = page.getByText("You chose the chart's self-signed certificate above, but the certificate");
  await page.getByRole('radio', { name: "The chart's self-signed certificate" }).check();
  await expect(mismatch).toBeVisible();
  await page.getByRole('radio', { name: 'A CA for this plane (recommended)' }).check();
  await expect(mismatch).toHaveCount(0);
  await page.getByRole('radio', { name: 'Yes, I have its CA' }).check();
  await wizard.goOn('services');
  await wizard.fillServices(DATA_PLANE, plane);
  await wizard.goOn('review');
  await wizard.register();
  await expect(colleague.locator('[data-check=accepted]')).toHaveAttribute('data-state', 'done');
});

test('the setup page has the controller reconcile at once, and repeatedly while it waits', async ({
  installation,
  wizard,
  page,
}) => {
  await page.clock.install();
  await wizard.fillAll(DATA_PLANE, prodPlane(await agentCaPem()));
  await wizard.register();
  const refreshedAt = async () => {
    const { client } = installation.controlPlane;
    const path = `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/${NAME}`;
    const { metadata } = await client.get<{ metadata: { annotations?: Record<string, string> } }>(path);
    return metadata.annotations?.['planeboard.openchoreo.dev/refreshed-at'];
  };
  await expect.poll(refreshedAt).toMatch(/^\d{4}-\d\d-\d\dT/);
  const first = await refreshedAt();
  await expect.poll(refreshedAt, { timeout: 30_000 }).not.toBe(first);
  await expect(page.locator('[data-check=reported]')).toHaveAttribute('data-state', 'waiting');
  await test.step('refreshing pauses in a hidden tab and resumes once the tab is visible', async () => {
    await setVisibility(page, 'hidden');
    const requested: string[] = [];
    page.on('request', (request) => requested.push(new URL(request.url()).pathname));
    // A visible page refreshes every 1.5 s at the tests' pace.
    await page.clock.fastForward(2000);
    await page.clock.fastForward(2000);
    expect(requested.filter((path) => path.endsWith('/refresh'))).toEqual([]);
    await setVisibility(page, 'visible');
    await expect.poll(() => requested.some((path) => path.endsWith('/refresh'))).toBe(true);
  });
});

/** Tells the page that its tab is hidden or visible. A headless browser keeps every tab visible. */
async function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
