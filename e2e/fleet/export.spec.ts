import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { smallCompany } from '@/testing/control-plane/small-company';
import { readCsv } from '@/testing/plane/read-csv';

const SHOWN = ['Orders Europe', 'Builder', 'Orders America', 'Tenant on shared ground'];
/** The agents of a plane whose status has arrived. Without one, the cell has a dash. */
const AGENTS = /^\d+$/;
const FILTER = '?namespace=acme';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeEach(async ({ planes, fleet }) => {
  await planes.add(...smallCompany());
  await fleet.open(FILTER);
  await expect(fleet.names).toHaveText(SHOWN);
  // A plane is listed before its status arrives, and a file is compared with the page only once.
  for (const title of SHOWN) await expect(await fleet.cell(title, 'Agents')).toHaveText(AGENTS);
});

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function download(page: Page, item: string): Promise<{ name: string; text: string }> {
  const started = page.waitForEvent('download');
  await choose(page, item);
  const file = await started;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

async function copied(page: Page, item: string, format: string): Promise<string> {
  await choose(page, item);
  await expect(page.getByText(`Copied 4 planes as ${format}.`)).toBeAttached();
  return page.evaluate(() => navigator.clipboard.readText());
}

test('the shown planes can be downloaded and copied as CSV and JSON, in the shown order', async ({
  page,
  fleet,
  planes,
}) => {
  let csv = '';
  await test.step('downloaded CSV', async () => {
    const { name, text } = await download(page, 'Download CSV');
    csv = text;
    expect(name).toMatch(/^planes-\d{4}-\d\d-\d\d\.csv$/);
    const rows = readCsv(text);
    expect(rows.map((row) => row.displayName)).toEqual(SHOWN);
    for (const row of rows) {
      const title = row.displayName ?? '';
      await expect(fleet.health(title)).toContainText(row.healthWord ?? 'no word');
      await expect(await fleet.cell(title, 'Plane ID')).toContainText(row.planeID ?? 'no planeID');
      await expect(await fleet.cell(title, 'Agents')).toHaveText(row.agents ?? 'no agents');
    }
    expect(rows[0]).toMatchObject({
      health: 'disconnected',
      name: 'orders-eu',
      namespace: 'acme',
      kind: 'DataPlane',
      connected: 'false',
      description: 'Checkout and baskets',
      labels: 'env=prod, region=eu-west-1',
    });
    expect(rows[0]?.reasons).toContain('Agent disconnected 5 h ago');
  });

  await test.step('copied CSV, which is the same', async () => {
    // Reasons contain ages, which change between the two; everything else must match.
    const withoutReasons = (text: string) => readCsv(text).map(({ reasons: _reasons, ...row }) => row);
    expect(withoutReasons(await copied(page, 'Copy as CSV', 'CSV'))).toEqual(withoutReasons(csv));
  });

  await test.step('downloaded and copied JSON', async () => {
    const { name, text } = await download(page, 'Download JSON');
    expect(name).toMatch(/^planes-\d{4}-\d\d-\d\d\.json$/);
    const rows: unknown = JSON.parse(text);
    expect(rows).toMatchObject(SHOWN.map((displayName) => ({ displayName })));
    const copy: unknown = JSON.parse(await copied(page, 'Copy as JSON', 'JSON'));
    expect(copy).toMatchObject(SHOWN.map((displayName) => ({ displayName })));
  });

  await test.step('CSV with a name that a spreadsheet would run as a formula, escaped', async () => {
    await planes.add({ kind: 'DataPlane', namespace: 'acme', name: 'evil', displayName: '=HYPERLINK("x")' });
    await expect(fleet.names).toHaveCount(5);
    const { text } = await download(page, 'Download CSV');
    expect(readCsv(text).map((row) => row.displayName)).toContain(`'=HYPERLINK("x")`);
  });
});
