import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { faviconHref } from '@/lib/client/headline/favicon';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const EU: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'headline-eu',
  displayName: 'Headline Europe',
  planeID: 'headline-eu',
};
const US: TestPlane = { ...EU, name: 'headline-us', displayName: 'Headline America', planeID: 'headline-us' };

function icons(page: Page): Promise<(string | null)[]> {
  return page
    .locator('link[rel~="icon"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

test.beforeEach(async ({ planes }) => {
  await planes.add({ ...EU, status: connectedStatus() }, { ...US, status: connectedStatus() });
});

test('the tab shows the worst state and its count on every page, and follows the fleet', async ({
  page,
  planes,
}) => {
  await page.goto('/');
  await expect(page).toHaveTitle(/^2 healthy · .+ · Planeboard$/);
  expect(await icons(page)).toEqual([faviconHref('healthy', 2)]);

  await planes.setStatus(EU, lostStatus(2 * MINUTE_MS));
  await expect(page).toHaveTitle(/^1 disconnected · .+ · Planeboard$/);
  expect(await icons(page)).toEqual([faviconHref('disconnected', 1)]);

  // Next.js sets the title of the other page, and the headline stays in front of it.
  await page.getByRole('link', { name: 'Headline America' }).click();
  await expect(page).toHaveTitle(/^1 disconnected · Headline America · /);
  await page.goBack();
  await expect(page).toHaveTitle(/^1 disconnected · (?!Headline).+ · Planeboard$/);
  await page.getByRole('link', { name: 'Register' }).first().click();
  await expect(page).toHaveTitle(/^1 disconnected · Register a plane · /);
  expect(await icons(page)).toEqual([faviconHref('disconnected', 1)]);

  await planes.setStatus(EU, connectedStatus());
  await expect(page).toHaveTitle(/^2 healthy · Register a plane · /);
});

test('the tab of an empty fleet shows only the name of the page', async ({ page, planes }) => {
  await planes.removeAll();
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Register' }).first()).toBeVisible();
  await expect(page).toHaveTitle(/^[^·]+ · Planeboard$/);
  expect(await icons(page)).toEqual(['/icon.svg']);
});

test.describe("the wall's tab", () => {
  test('shows the worst state of its planes, and its title', async ({ page, planes, startServer }) => {
    const server = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
    await page.goto(`${server.url}/wall?title=Lobby`);
    await expect(page).toHaveTitle('2 healthy · Lobby · Planeboard');
    await planes.setStatus(EU, lostStatus(2 * MINUTE_MS));
    await expect(page).toHaveTitle('1 disconnected · Lobby · Planeboard');
    expect(await icons(page)).toEqual([faviconHref('disconnected', 1)]);
  });

  test('ignores a plane in maintenance until the maintenance ends', async ({ page, planes, startServer }) => {
    const server = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
    const until = new Date(Date.now() + 8000).toISOString();
    await planes.setStatus(EU, lostStatus(2 * MINUTE_MS));
    await planes.patch(EU, {
      metadata: { annotations: { 'planeboard.openchoreo.dev/maintenance-until': until } },
    });
    await page.goto(`${server.url}/wall`);
    await expect(page).toHaveTitle('1 healthy · Status wall · Planeboard');
    await expect(page).toHaveTitle('1 disconnected · Status wall · Planeboard');
  });
});

test.describe('without contact', () => {
  // The browser logs these errors when the server is down.
  test.use({ expectedErrors: [/Failed to load resource: net::ERR_(CONNECTION|INCOMPLETE|EMPTY|NETWORK)/] });

  test('the tab counts no plane as healthy', async ({ page, startServer }) => {
    const server = await startServer({ env: { PLANEBOARD_CONTACT_LOST_SECONDS: '6' } });
    await page.goto(server.url);
    await expect(page).toHaveTitle(/^2 healthy · /);
    await server.kill('SIGKILL');
    await expect(page).toHaveTitle(/^2 unknown · /, { timeout: 30_000 });
    expect(await icons(page)).toEqual([faviconHref('unknown', 2)]);
  });
});
