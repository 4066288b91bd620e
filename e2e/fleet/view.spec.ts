import { expect, test } from '@/e2e/support/fixtures';
import { BY_REGION, smallCompany } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await planes.add(...smallCompany());
});

test('a label can be added as a column, sorted by, and removed', async ({ fleet }) => {
  await fleet.open();
  await fleet.display('Label columns', 'region');
  await expect(await fleet.cell('Orders America', 'region')).toHaveText('us-east-1');
  await expect(await fleet.cell('Attic', 'region')).toHaveText('');
  await fleet.sortBy('region');
  await expect(fleet.names).toHaveText([...BY_REGION]);
  await fleet.display('Label columns', 'region');
  await expect(fleet.table.getByRole('columnheader', { name: 'region' })).toHaveCount(0);
});

test('groups show their number of planes and states, the worst first, and collapse', async ({ fleet }) => {
  await fleet.open();
  await fleet.display('Group by', 'Role');
  await expect(fleet.groups).toHaveText([/^Data planes6/, /^Workflow planes2/, /^Observability planes2/]);
  await expect(fleet.groups.first()).toContainText('3 Healthy');
  await fleet.groups.first().click();
  await expect(fleet.groups.first()).toHaveAttribute('aria-expanded', 'false');
  await expect(fleet.names).toHaveText([
    'Company pipelines',
    'Builder',
    'obs-globex',
    'Zentrale Beobachtung',
  ]);
  await fleet.groups.first().click();
  await expect(fleet.names).toHaveCount(10);
  await fleet.display('Group by', 'Label region');
  await expect(fleet.groups.filter({ hasText: 'Without label region' })).toHaveText(/^Without label region5/);
});

test('the URL holds every setting, so a reload and a copied link show the same view', async ({
  fleet,
  page,
  context,
}) => {
  await fleet.open();
  await fleet.search.fill('o');
  await fleet.toggleFilter('Namespace', 'acme');
  await fleet.healthCount('Healthy').click();
  await fleet.display('Group by', 'Role');
  await fleet.display('Label columns', 'region');
  await fleet.sortBy('Plane');
  await fleet.sortBy('Plane');
  const shown = ['Tenant on shared ground', 'Orders America'];
  await expect(fleet.names).toHaveText(shown);
  await expect(page).toHaveURL(/\?q=o&health=healthy&namespace=acme&columns=region&sort=-name&group=role$/);

  await page.reload();
  const other = await context.newPage();
  await other.goto(page.url());
  for (const tab of [page, other]) {
    await expect(tab.locator('table[aria-label="Planes"] th[scope="row"] a')).toHaveText(shown);
    await expect(tab.getByRole('searchbox', { name: 'Search planes' })).toHaveValue('o');
    await expect(tab.getByRole('button', { name: 'Remove filter Namespace acme' })).toBeVisible();
    await expect(tab.getByRole('columnheader', { name: 'region', exact: true })).toBeVisible();
    await expect(tab.getByRole('button', { name: /^Data planes/ })).toBeVisible();
  }
});

test('the back button restores the list after opening a plane, then undoes a health filter', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await fleet.toggleFilter('Namespace', 'acme');
  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveText(['Orders America', 'Tenant on shared ground']);
  await fleet.names.first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Orders America' })).toBeVisible();
  await page.goBack();
  await expect(fleet.names).toHaveText(['Orders America', 'Tenant on shared ground']);
  await page.goBack();
  await expect(fleet.names).toHaveText([
    'Orders Europe',
    'Builder',
    'Orders America',
    'Tenant on shared ground',
  ]);
});

test('a link ignores invalid settings, and applies the others from the first byte', async ({
  fleet,
  page,
}) => {
  await page.goto('/?sort=nonsense&group=nothing&health=purple,stale&kind=Toaster&columns=');
  await fleet.live();
  await expect(fleet.names).toHaveText(['Company pipelines']);
  const html = await (await page.request.get('/?namespace=globex&sort=name')).text();
  const positions = ['Attic', 'Küche Zürich', 'obs-globex'].map((title) => html.indexOf(`>${title}</a>`));
  expect(positions.every((index) => index > 0)).toBe(true);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(html).not.toContain('>Orders America</a>');
});
