import { expect, test } from '@/e2e/support/fixtures';
import { SEEN } from '@/e2e/support/fleet-page';
import {
  HEALTH_COUNTS,
  OLDEST_HEARTBEAT_FIRST,
  smallCompany,
  WORST_FIRST,
} from '@/testing/control-plane/small-company';

/**
 * How the list shows the fleet, and one of each shape of control. What every search, filter, order and group shows is
 * proven on the same planes in `lib/plane/fleet/company-list.test.ts` and `company-order.test.ts`.
 */

test.beforeEach(async ({ planes }) => {
  await planes.add(...smallCompany());
});

test('the list shows the worst planes first, each with its state, reason, kind, planeID, agents and ages', async ({
  fleet,
  page,
  planes,
}) => {
  await fleet.open();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
  await test.step('each state and reason', async () => {
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

  await test.step('name, kind, scope, planeID, agents, heartbeat and creation time', async () => {
    await expect(await fleet.cell('Orders America', 'Plane')).toHaveText('Orders America orders-us', SEEN);
    await expect(await fleet.cell('Orders America', 'Kind')).toHaveText('Data plane acme', SEEN);
    await expect(await fleet.cell('Shared ground', 'Kind')).toHaveText(
      'Cluster data plane Cluster-wide',
      SEEN,
    );
    await expect(await fleet.cell('Orders America', 'Plane ID')).toHaveText('orders-us-cluster');
    await expect(await fleet.cell('Orders America', 'Agents')).toHaveText('2');
    await expect(await fleet.cell('Orders America', 'Heartbeat')).toHaveText(/^\d+ s$/, SEEN);
    await expect(await fleet.cell('Company pipelines', 'Heartbeat')).toHaveText('8 days', SEEN);
    await expect(await fleet.cell('obs-globex', 'Agents')).toHaveText('–');
    await expect(await fleet.cell('obs-globex', 'Heartbeat')).toHaveText('–', SEEN);
    await fleet.display('More columns', 'Created');
    await expect(await fleet.cell('obs-globex', 'Created')).toHaveText(/^\d+ s$/);
  });

  await test.step('a mark at a shared planeID that counts the planes sharing it', async () => {
    for (const title of ['Shared ground', 'Tenant on shared ground']) {
      await expect(await fleet.cell(title, 'Plane ID')).toContainText(
        'Shared with 1 other plane of this role',
      );
    }
    await expect(await fleet.cell('Orders America', 'Plane ID')).not.toContainText('Shared');
  });

  await test.step('the absolute time of an age in UTC on hover', async () => {
    const { metadata } = await planes.get({ kind: 'ClusterDataPlane', name: 'shared' });
    // Forced, because the row's link covers all of its cells.
    await (await fleet.cell('Shared ground', 'Created')).getByRole('time').hover({ force: true });
    const utc = `${metadata.creationTimestamp?.replace('T', ' ').replace('Z', '')} UTC`;
    await expect(page.getByText(utc, { exact: true })).toBeVisible();
  });
});

test('health counts filter on click, several at once, and cover what the other filters leave', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await expect(fleet.healthFilter.getByRole('button')).toHaveText(HEALTH_COUNTS);
  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveText(WORST_FIRST.slice(6));
  await expect(fleet.healthCount('Healthy')).toHaveAttribute('aria-pressed', 'true');
  await fleet.healthCount('Stale').click();
  await expect(fleet.names).toHaveText(['Company pipelines', ...WORST_FIRST.slice(6)]);
  await expect(page.getByRole('status').filter({ hasText: '5 of 10 planes' })).toBeVisible();
  await fleet.healthCount('Healthy').click();
  await fleet.healthCount('Stale').click();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
  await fleet.toggleFilter('Namespace', 'globex');
  await expect(fleet.healthFilter.getByRole('button')).toHaveText([
    '0Disconnected',
    '0Stale',
    '0Unknown',
    '1Degraded',
    '1Pending',
    '1Deleting',
    '0Healthy',
  ]);
});

test('the filter panel counts the planes of each value, combines its filters, and each can be removed', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filters' });
  const options = panel.getByRole('group', { name: 'Namespace', exact: true }).locator('label');
  await expect(options).toHaveText(['acme4', 'globex3']);
  await page.keyboard.press('Escape');
  await fleet.toggleFilter('Label region', 'eu-west-1');
  await expect(fleet.names).toHaveText(['Orders Europe', 'Shared ground', 'Tenant on shared ground']);
  await fleet.toggleFilter('Namespace', 'acme');
  await fleet.toggleFilter('Namespace', 'globex');
  await expect(fleet.names).toHaveText(['Orders Europe', 'Tenant on shared ground']);
  const remove = (filter: string) => page.getByRole('button', { name: `Remove filter ${filter}` }).click();
  await remove('Namespace acme');
  await expect(page.getByRole('heading', { name: 'No planes match your search and filters' })).toBeVisible();
  await remove('Namespace globex');
  await remove('Label region=eu-west-1');
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
});

test('the search filters during typing, reports that no plane matches, and clearing shows all planes again', async ({
  fleet,
  page,
}) => {
  await fleet.open();
  await fleet.search.pressSequentially('PROD america');
  await expect(fleet.names).toHaveText(['Orders America']);
  await fleet.search.fill('no such plane');
  await expect(page.getByRole('heading', { name: 'No planes match your search and filters' })).toBeVisible();
  await expect(fleet.table).toBeHidden();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
  await expect(fleet.search).toHaveValue('');
});

test('a click on a column sorts by it, a second click reverses the order, and planes without a value stay last', async ({
  fleet,
}) => {
  const sorted = (column: string) => fleet.table.getByRole('columnheader', { name: column, exact: true });
  await fleet.open();
  await expect(sorted('Health')).toHaveAttribute('aria-sort', 'ascending');
  await fleet.sortBy('Heartbeat');
  await expect(fleet.names).toHaveText([...OLDEST_HEARTBEAT_FIRST, 'Builder', 'obs-globex']);
  await expect(sorted('Heartbeat')).toHaveAttribute('aria-sort', 'ascending');
  await fleet.sortBy('Heartbeat');
  await expect(fleet.names).toHaveText([...OLDEST_HEARTBEAT_FIRST.toReversed(), 'Builder', 'obs-globex']);
  await expect(sorted('Heartbeat')).toHaveAttribute('aria-sort', 'descending');
  await fleet.sortBy('Plane');
  await expect(fleet.names.first()).toHaveText('Attic');
  await expect(sorted('Heartbeat')).not.toHaveAttribute('aria-sort', /./);
});

test('the filter panel shows the first 12 of many values, counts the others, and finds them by search', async ({
  fleet,
  planes,
  page,
}) => {
  const teams = Array.from({ length: 15 }, (_, index) => `team-${String(index + 1).padStart(2, '0')}`);
  await planes.add(
    ...teams.map((team) => ({
      kind: 'DataPlane' as const,
      namespace: 'acme',
      name: team,
      planeID: team,
      labels: { team },
    })),
  );
  await fleet.open();
  await expect(page.getByText('25 planes', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Filters' });
  const values = panel.getByRole('group', { name: 'Label team' });
  await expect(values.getByRole('checkbox')).toHaveCount(12);
  await expect(values).toContainText('3 more. Search to find them.');
  await panel.getByRole('searchbox', { name: 'Find a filter' }).fill('team-15');
  await values.getByText('team-15', { exact: true }).click();
  await page.keyboard.press('Escape');
  await expect(fleet.names).toHaveText(['team-15']);
});
