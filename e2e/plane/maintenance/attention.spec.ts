import type { Page } from '@playwright/test';
import { FleetPage } from '@/e2e/support/fleet-page';
import { annotateMaintenance, MaintenancePage, timeIn } from '@/e2e/support/maintenance-page';
import { expect, test } from '@/e2e/support/plane-test';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'quiet';

/** Finds the tile of a plane on a wall. Its `data-wall-tile` is the plane's state. */
function tile(page: Page, title: string) {
  return page.locator('[data-wall-tile]').filter({ hasText: title });
}

test('a plane in maintenance is neither alarming nor green in the list and on the wall, and can be filtered', async ({
  installation,
  startServer,
  page,
}) => {
  const lost = planeWithoutAgent('lost', { namespace: NAMESPACE, displayName: 'Lost on purpose' });
  const well = connectedPlane('well', { namespace: NAMESPACE, displayName: 'Well on purpose' });
  const other = connectedPlane('other', { namespace: NAMESPACE, displayName: 'Other' });
  const trouble = planeWithoutAgent('trouble', { namespace: NAMESPACE, displayName: 'Real trouble' });
  for (const plane of [lost, well, other, trouble]) await installation.add(plane);
  const fleet = new FleetPage(page);
  await fleet.open(`?namespace=${NAMESPACE}`);
  await expect(fleet.healthCount('Disconnected')).toContainText('2');
  await expect.poll(() => fleet.countOf('Maintenance')).toBe(0);
  await annotateMaintenance(installation, lost, timeIn(HOUR_MS), 'New switches');
  await annotateMaintenance(installation, well, timeIn(HOUR_MS));
  await expect(fleet.healthCount('Maintenance')).toContainText('2');
  await expect(fleet.healthCount('Disconnected')).toContainText('1');
  await expect(fleet.healthCount('Healthy')).toContainText('1');
  await expect(fleet.names).toHaveText(['Real trouble', 'Lost on purpose', 'Well on purpose', 'Other']);
  await expect(fleet.health('Lost on purpose')).toContainText(
    /Maintenance\s*Disconnected · until .* UTC: New switches/,
  );
  await expect(fleet.health('Well on purpose')).toContainText(/Maintenance\s*Healthy · until .* UTC/);
  const green = await fleet
    .row('Other')
    .locator('th svg')
    .evaluate((shape) => getComputedStyle(shape).color);
  for (const colored of [
    fleet.row('Well on purpose').locator('th svg'),
    fleet.health('Well on purpose').locator('span').first(),
    fleet.health('Well on purpose').locator('span').last(),
  ])
    expect(await colored.evaluate((element) => getComputedStyle(element).color)).not.toBe(green);

  await fleet.healthCount('Maintenance').click();
  await expect(page).toHaveURL(/health=maintenance/);
  await expect(fleet.names).toHaveText(['Lost on purpose', 'Well on purpose']);
  await fleet.display('Group by', 'Health');
  await expect(fleet.groups).toHaveText([/^Maintenance2/]);

  const wall = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
  // Other tests may cause notices on the wall, whose room would be that of the planes in maintenance.
  await page.setViewportSize({ width: 1440, height: 1400 });
  await page.goto(`${wall.url}/wall?namespace=${NAMESPACE}`);
  await expect(tile(page, 'Real trouble')).toHaveAttribute('data-wall-tile', 'disconnected');
  await expect(tile(page, 'Lost on purpose')).toHaveAttribute('data-wall-tile', 'maintenance');
  await expect(page.locator('[data-wall-count="maintenance"]')).toContainText('2');
  await expect(page.locator('[data-wall-count="disconnected"]')).toContainText('1');
  await expect(page.locator('[data-wall-count="healthy"]')).toContainText('1');
});

test('maintenance ends automatically on the page, in the list and on the wall', async ({
  installation,
  planePage,
  startServer,
  page,
  context,
}) => {
  const plane = planeWithoutAgent('ending', { namespace: 'ending', displayName: 'Ending soon' });
  await installation.add(plane);
  const server = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
  const list = new FleetPage(await context.newPage());
  const wall = await context.newPage();
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await list.open('?namespace=ending');
  await wall.goto(`${server.url}/wall?namespace=ending`);
  await expect(tile(wall, 'Ending soon')).toHaveAttribute('data-wall-tile', 'disconnected');

  await annotateMaintenance(installation, plane, timeIn(20_000), 'Short');
  await expect(maintenance.notice).toContainText(/\(in \d+ s\): Short/);
  await expect(list.health('Ending soon')).toContainText('Maintenance');
  await expect(tile(wall, 'Ending soon')).toHaveAttribute('data-wall-tile', 'maintenance');

  await expect(maintenance.notice).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(() => list.countOf('Maintenance')).toBe(0);
  await expect(list.healthCount('Disconnected')).toContainText('1');
  await expect(list.health('Ending soon')).not.toContainText('Maintenance');
  await expect(tile(wall, 'Ending soon')).toHaveAttribute('data-wall-tile', 'disconnected');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the server counts, sorts and filters as the browser does', async ({ installation, page }) => {
    const namespace = 'first-paint';
    const lost = planeWithoutAgent('lost', { namespace, displayName: 'Lost' });
    const well = connectedPlane('well', { namespace, displayName: 'Well' });
    await installation.add(lost);
    await installation.add(well);
    await annotateMaintenance(installation, lost, timeIn(HOUR_MS), 'New switches');
    const fleet = new FleetPage(page);
    await expect(async () => {
      await page.goto(`/?namespace=${namespace}`);
      await expect(fleet.healthCount('Maintenance')).toContainText('1', { timeout: 1000 });
    }).toPass();
    await expect.poll(() => fleet.countOf('Disconnected')).toBe(0);
    await expect(fleet.names).toHaveText(['Lost', 'Well']);
    await expect(fleet.health('Lost')).toContainText(/Maintenance\s*Disconnected · until .*: New switches/);
    await page.goto(`/?namespace=${namespace}&health=disconnected`);
    await expect(fleet.names).toHaveCount(0);
  });
});
