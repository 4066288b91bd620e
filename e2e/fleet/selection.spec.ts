import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { parseAllDocuments } from 'yaml';
import { expectAccessibleHere } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import type { FleetPage } from '@/e2e/support/fleet-page';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes, fleet }) => {
  await planes.add(...smallCompany());
  await fleet.open();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
});

/** Filters the list to the four healthy planes and selects the first. Returns the bar of the selection. */
async function selectHealthy(fleet: FleetPage, page: Page): Promise<Locator> {
  const bar = page.getByRole('region', { name: 'Selected planes' });
  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveCount(4);
  await fleet.names.first().focus();
  await page.keyboard.press('x');
  await expect(bar).toContainText('1 selected');
  return bar;
}

test('x selects the focused plane, Shift+arrow adds the next one, and Escape clears them before the filters', async ({
  fleet,
  page,
}) => {
  const bar = await selectHealthy(fleet, page);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar).toContainText('3 selected');
  await expect(fleet.names.nth(2)).toBeFocused();
  await page.keyboard.press('x');
  await expect(bar).toContainText('2 selected');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(fleet.names).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(fleet.names).toHaveCount(10);
});

test('Escape closes an open menu and nothing else', async ({ fleet, page }) => {
  const bar = await selectHealthy(fleet, page);
  for (const name of ['Display', 'Export']) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(bar).toContainText('1 selected');
    await expect(fleet.names).toHaveCount(4);
  }
});

test('Escape closes a menu whose button still has the focus', async ({ fleet, page }) => {
  const bar = await selectHealthy(fleet, page);
  const button = page.getByRole('button', { name: 'Export', exact: true });
  await button.click();
  await expect(page.getByRole('menu')).toBeVisible();
  // As before the frame in which the focus moves into the menu.
  await button.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(bar).toContainText('1 selected');
});

test('planes hidden by a filter stay selected, and the bar counts them', async ({ fleet, page }) => {
  const bar = page.getByRole('region', { name: 'Selected planes' });
  await page.getByRole('checkbox', { name: 'Select all shown planes' }).check();
  await expect(bar).toContainText('10 selected');
  await fleet.healthCount('Healthy').click();
  await expect(bar).toContainText('10 selected, 6 not shown');
});

test('selected planes are refreshed, and exported as one multi-document YAML file', async ({
  fleet,
  page,
}) => {
  const bar = page.getByRole('region', { name: 'Selected planes' });
  await fleet.names.first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Shift+ArrowDown');
  await bar.getByRole('button', { name: 'Refresh status' }).click();
  await expect(bar).toContainText('Requested a status refresh for 2 planes');
  const download = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'Export as YAML' }).click();
  await bar.getByRole('menuitem', { name: 'As stored' }).click();
  const documents = parseAllDocuments(await readFile(await (await download).path(), 'utf8'));
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  const refreshed = documents.map(
    (document) =>
      document.getIn(['metadata', 'annotations', 'planeboard.openchoreo.dev/refreshed-at']) !== undefined,
  );
  expect(refreshed).toEqual([true, true]);
  await expect(bar).toContainText('Exported 2 planes. Secrets are masked.');
});

test('a refresh of more than 20 planes is confirmed first, shows its progress, and Escape stops it', async ({
  page,
  planes,
}) => {
  const bar = page.getByRole('region', { name: 'Selected planes' });
  await planes.add(
    ...Array.from({ length: 15 }, (_, index) => ({
      kind: 'DataPlane' as const,
      namespace: 'acme',
      name: `many-${index}`,
    })),
  );
  // The list renders only the rows in view.
  await expect(page.getByText('25 planes', { exact: true })).toBeVisible();
  // Holds the requests until the stop, so that the test sees the progress.
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let requests = 0;
  await page.route('**/api/planes/**/refresh', async (route) => {
    requests += 1;
    await held;
    await route.continue();
  });
  await page.getByRole('checkbox', { name: 'Select all shown planes' }).check();
  const button = bar.getByRole('button', { name: 'Refresh status' });
  const dialog = page.getByRole('dialog', { name: 'Refresh the status of 25 planes?' });
  await button.click();
  await expect(dialog).toBeVisible();
  await expectAccessibleHere(page, 'the confirmation of a refresh of many planes');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(bar).toContainText('25 selected');
  expect(requests).toBe(0);

  await button.click();
  await dialog.getByRole('button', { name: 'Refresh 25 planes' }).click();
  await expect(bar.getByRole('progressbar', { name: 'Progress' })).toBeVisible();
  await expect(bar.getByRole('button', { name: 'Stop' })).toBeFocused();
  await expect(bar).toContainText('Refreshing… 0 of 25');
  await expectAccessibleHere(page, 'the progress of a refresh');
  await expect.poll(() => requests).toBe(4);
  await page.keyboard.press('Escape');
  await expect(bar).toContainText('Stopping…');
  release();
  await expect(bar).toContainText('Stopped: 4 done, 0 failed, 21 not started.');
  await expect(bar).toContainText('25 selected');
  expect(requests).toBe(4);
});

test.describe('without an answer', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test("an export contains every plane that could be read, and names the one that couldn't", async ({
    fleet,
    page,
  }) => {
    const bar = page.getByRole('region', { name: 'Selected planes' });
    await loseAnswers(page, '**/api/planes/dataplanes/acme/orders-eu');
    await fleet.names.first().focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    const download = page.waitForEvent('download');
    await bar.getByRole('button', { name: 'Export as YAML' }).click();
    await bar.getByRole('menuitem', { name: 'Manifests to apply' }).click();
    const documents = parseAllDocuments(await readFile(await (await download).path(), 'utf8'));
    expect(documents.map((document) => document.has('status'))).toEqual([false]);
    expect(documents.map((document) => document.hasIn(['metadata', 'uid']))).toEqual([false]);
    expect(documents.map((document) => document.getIn(['metadata', 'name']))).toEqual(['default']);
    await expect(bar).toContainText('Exported 1 plane.');
    await expect(bar).toContainText('1 plane (dataplanes/acme/orders-eu): ');
  });
});
