import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expectAccessibleHere } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const NAMES = ['one', 'two', 'three'] as const;
const plane = (name: string, changes: Partial<TestPlane> = {}): TestPlane => ({
  kind: 'DataPlane',
  namespace: 'bulk',
  name,
  planeID: name,
  labels: { env: 'dev', team: 'shop' },
  status: connectedStatus(),
  ...changes,
});
const MANAGED = plane('managed', {
  annotations: { 'argocd.argoproj.io/tracking-id': 'shop:openchoreo.dev/DataPlane:bulk/managed' },
});

test.beforeEach(async ({ planes, fleet }) => {
  await planes.add(...NAMES.map((name) => plane(name)), MANAGED);
  await fleet.open();
  await expect(fleet.names).toHaveCount(4);
});

/** Selects all planes and opens a bulk change. */
async function openChange(page: Page, item: 'Maintenance…' | 'Labels…'): Promise<Locator> {
  await page.getByRole('checkbox', { name: 'Select all shown planes' }).check();
  const bar = page.getByRole('region', { name: 'Selected planes' });
  await bar.getByRole('button', { name: 'Change', exact: true }).click();
  await bar.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog', { name: `${item.replace('…', '')} of 4 planes` });
  await expect(dialog).toBeVisible();
  return dialog;
}

const labelsOf = async (page: Page, name: string) => {
  const response = await page.request.get(`/api/planes/dataplanes/bulk/${name}`);
  return (await response.json()).plane.labels;
};

test('labels of many planes change after a dry run, without those that another tool manages', async ({
  page,
}) => {
  const dialog = await openChange(page, 'Labels…');
  await dialog.getByRole('button', { name: 'Check 4 planes' }).click();
  await expect(dialog).toContainText('Add a label to set, or choose one to remove.');
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await dialog.getByLabel('Label key 1').fill('env');
  await dialog.getByLabel('Label value 1').fill('not valid!');
  await dialog.getByRole('checkbox', { name: /^team/ }).check();
  await expectAccessibleHere(page, 'the form for labels of many planes');
  await dialog.getByRole('button', { name: 'Check 4 planes' }).click();
  await expect(dialog).toContainText('A value has only letters');
  await dialog.getByLabel('Label value 1').fill('prod');
  await dialog.getByRole('button', { name: 'Check 4 planes' }).click();

  await expect(dialog).toContainText('Dry run passed for 4 planes. Nothing has been changed yet.');
  await expect(dialog.getByRole('row', { name: /managed/ })).toContainText('Left out: managed by Argo CD');
  await expectAccessibleHere(page, 'the dry run of a bulk change');
  expect(await labelsOf(page, 'one')).toEqual({ env: 'dev', team: 'shop' });
  await expect(dialog.getByRole('button', { name: 'Change 3 planes' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Saved 3 planes. 1 not changed yet.');
  for (const name of NAMES) expect(await labelsOf(page, name)).toEqual({ env: 'prod' });
  expect(await labelsOf(page, 'managed')).toEqual({ env: 'dev', team: 'shop' });

  await dialog.getByRole('checkbox', { name: /Also change 1 plane that another tool manages/ }).check();
  await expect(dialog).toContainText('The managing tool will revert the change.');
  await dialog.getByRole('button', { name: 'Save the remaining 1' }).click();
  await expect(dialog).toContainText('Saved 4 planes.');
  expect(await labelsOf(page, 'managed')).toEqual({ env: 'prod' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download outcomes' }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(6);
  expect(csv).toContain('dataplanes/bulk/managed,Saved,');
});

test.describe('with writes whose answers are lost', () => {
  test.use({ expectedErrors: [/net::ERR_FAILED/] });

  test('a stopped change says what is done, and goes on with the rest', async ({ page, fleet }) => {
    const dialog = await openChange(page, 'Maintenance…');
    await dialog.getByLabel('Reason').fill('Node upgrades');
    await dialog.getByRole('button', { name: 'Check 4 planes' }).click();
    await expect(dialog).toContainText('Dry run passed for 4 planes.');
    await dialog.getByRole('checkbox', { name: /Also change 1 plane/ }).check();
    // Holds the writes until the stop. All but the first fail, so that something is left to do.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let writes = 0;
    await page.route('**/api/planes/dataplanes/**', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      writes += 1;
      const isFirst = writes === 1;
      await held;
      return isFirst ? route.continue() : route.abort();
    });
    await dialog.getByRole('button', { name: 'Change 4 planes' }).click();
    await expect(dialog.getByRole('button', { name: 'Stop' })).toBeFocused();
    await expect.poll(() => writes).toBe(4);
    await page.keyboard.press('Escape');
    await expect(dialog).toContainText('Stopping… 0 of 4');
    release();
    await expect(dialog).toContainText('Saved 1 plane. 3 with an unknown outcome.');
    await page.unroute('**/api/planes/dataplanes/**');
    await dialog.getByRole('button', { name: 'Save the remaining 3' }).click();
    await expect(dialog).toContainText('Saved 4 planes.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Change', exact: true })).toBeFocused();
    await expect(fleet.healthCount('Maintenance')).toHaveText(/^4/);
    await expect(fleet.health('one')).toContainText('Node upgrades');

    const again = await openChange(page, 'Maintenance…');
    await again.getByText('End maintenance', { exact: true }).click();
    await again.getByRole('button', { name: 'Check 4 planes' }).click();
    await again.getByRole('checkbox', { name: /Also change 1 plane/ }).check();
    await again.getByRole('button', { name: 'Change 4 planes' }).click();
    await expect(again).toContainText('Saved 4 planes.');
    await page.keyboard.press('Escape');
    await expect(again).toBeHidden();
    await expect(fleet.healthCount('Healthy')).toHaveText(/^4/);
  });
});
