import { expect, test } from '@/e2e/support/fixtures';
import { SEEN } from '@/e2e/support/fleet-page';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await planes.add(...smallCompany());
});

test('the list shows the worst planes first, each with its state and reason', async ({ fleet }) => {
  await fleet.open();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
  const expected = [
    ['Orders Europe', 'Disconnected', 'Agent disconnected 5 h ago, between '],
    ['Company pipelines', 'Stale', 'Last heartbeat 8 days ago.'],
    ['Builder', 'Unknown', 'has no readable heartbeat to prove it'],
    ['Küche Zürich', 'Degraded', 'Ready is False (ProvisioningFailed): The chart gateway-controllers'],
    ['obs-globex', 'Pending', "The controller hasn't reported a status yet."],
    ['Attic', 'Deleting', 'Being deleted.'],
    ['Orders America', 'Healthy', ''],
    ['Shared ground', 'Healthy', 'This plane shares planeID "ground"'],
  ] as const;
  for (const [title, label, reason] of expected) {
    await expect(fleet.health(title)).toContainText(label);
    await expect(fleet.health(title)).toContainText(reason);
  }
});

test('a row shows name, kind, scope, planeID, agents, heartbeat and creation time', async ({ fleet }) => {
  await fleet.open();
  await expect(await fleet.cell('Orders America', 'Plane')).toHaveText('Orders America orders-us', SEEN);
  await expect(await fleet.cell('Orders America', 'Kind')).toHaveText('Data plane acme', SEEN);
  await expect(await fleet.cell('Shared ground', 'Kind')).toHaveText('Cluster data plane Cluster-wide', SEEN);
  await expect(await fleet.cell('Orders America', 'Plane ID')).toHaveText('orders-us-cluster');
  await expect(await fleet.cell('Orders America', 'Agents')).toHaveText('2');
  await expect(await fleet.cell('Orders America', 'Heartbeat')).toHaveText(/^\d+ s$/, SEEN);
  await expect(await fleet.cell('Company pipelines', 'Heartbeat')).toHaveText('8 days', SEEN);
  await expect(await fleet.cell('obs-globex', 'Agents')).toHaveText('–');
  await expect(await fleet.cell('obs-globex', 'Heartbeat')).toHaveText('–', SEEN);
  await expect(await fleet.cell('obs-globex', 'Created')).toHaveText(/^\d+ s$/);
});

test('a shared planeID has a mark that counts the planes sharing it', async ({ fleet }) => {
  await fleet.open();
  for (const title of ['Shared ground', 'Tenant on shared ground']) {
    await expect(await fleet.cell(title, 'Plane ID')).toContainText('Shared with 1 other plane of this role');
  }
  await expect(await fleet.cell('Orders America', 'Plane ID')).not.toContainText('Shared');
});

test('an age shows the absolute time in UTC on hover', async ({ fleet, page, planes }) => {
  await fleet.open();
  const created = (await planes.get({ kind: 'ClusterDataPlane', name: 'shared' })).metadata.creationTimestamp;
  // Forced, because the row's link covers all of its cells.
  await (await fleet.cell('Shared ground', 'Created')).getByRole('time').hover({ force: true });
  const utc = `${created?.replace('T', ' ').replace('Z', '')} UTC`;
  await expect(page.getByText(utc, { exact: true })).toBeVisible();
});

test('health counts filter on click, several at once, and a second click removes the filter', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await expect(fleet.healthFilter.getByRole('button')).toHaveText([
    '1Disconnected',
    '1Stale',
    '1Unknown',
    '1Degraded',
    '1Pending',
    '1Deleting',
    '4Healthy',
  ]);
  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveText(WORST_FIRST.slice(6));
  await expect(fleet.healthCount('Healthy')).toHaveAttribute('aria-pressed', 'true');
  await fleet.healthCount('Stale').click();
  await expect(fleet.names).toHaveText(['Company pipelines', ...WORST_FIRST.slice(6)]);
  await expect(page.getByRole('status').filter({ hasText: '5 of 10 planes' })).toBeVisible();
  await fleet.healthCount('Healthy').click();
  await fleet.healthCount('Stale').click();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
});

test('health counts cover only the planes that match the other filters', async ({ fleet }) => {
  await fleet.open();
  await fleet.toggleFilter('Namespace', 'globex');
  await expect(fleet.healthFilter.getByRole('button')).toHaveText(['1Degraded', '1Pending', '1Deleting']);
});

test('the page reports that no plane matches, and clearing the filters shows all planes again', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await fleet.search.fill('no such plane');
  await expect(page.getByRole('heading', { name: 'No planes match your search and filters' })).toBeVisible();
  await expect(fleet.table).toBeHidden();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
  await expect(fleet.search).toHaveValue('');
});

const SEARCHES = [
  ['the display name', 'Orders Eur', ['Orders Europe']],
  ['the resource name hidden by a display name', 'kitchen', ['Küche Zürich']],
  ['the namespace', 'globex', ['Küche Zürich', 'obs-globex', 'Attic']],
  ['the planeID', 'orders-us-cluster', ['Orders America']],
  ['the description', 'baskets', ['Orders Europe']],
  ['a label and its value', 'env=staging', ['Shared ground', 'Tenant on shared ground']],
  ['several words in any order and case', 'PROD america', ['Orders America']],
] as const;
for (const [target, text, expected] of SEARCHES) {
  test(`the search matches ${target}`, async ({ fleet }) => {
    await fleet.open();
    await fleet.search.pressSequentially(text);
    await expect(fleet.names).toHaveText([...expected]);
  });
}

const FILTERS = [
  ['Role', 'Workflow', ['Company pipelines', 'Builder']],
  ['Kind', 'Cluster observability plane', ['Zentrale Beobachtung']],
  ['Scope', 'Cluster-wide', ['Company pipelines', 'Shared ground', 'Zentrale Beobachtung']],
  ['Namespace', 'acme', ['Orders Europe', 'Builder', 'Orders America', 'Tenant on shared ground']],
  ['Label region', 'eu-west-1', ['Orders Europe', 'Shared ground', 'Tenant on shared ground']],
] as const;
for (const [section, value, expected] of FILTERS) {
  test(`the filter ${section} shows only planes with "${value}" until it is removed`, async ({
    fleet,
    page,
  }) => {
    await fleet.open();
    await fleet.toggleFilter(section, value);
    await expect(fleet.names).toHaveText([...expected]);
    await page.getByRole('button', { name: /^Remove filter/ }).click();
    await expect(fleet.names).toHaveText([...WORST_FIRST]);
  });
}

test('filters combine with AND, and values of the same filter with OR', async ({ fleet }) => {
  await fleet.open();
  await fleet.toggleFilter('Namespace', 'acme');
  await fleet.toggleFilter('Namespace', 'globex');
  await expect(fleet.names).toHaveCount(7);
  await fleet.toggleFilter('Label env', 'dev');
  await expect(fleet.names).toHaveText(['Küche Zürich', 'Attic']);
});
