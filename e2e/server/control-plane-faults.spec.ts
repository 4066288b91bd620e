import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { FleetPage, LIVE } from '@/e2e/support/fleet-page';
import { WallPage } from '@/e2e/support/wall-page';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

/** The heartbeats stay fresh during a test, but not for the hour of a jump. */
const env = {
  PLANEBOARD_WALL: 'open',
  PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '600',
  PLANEBOARD_HEARTBEAT_STALE_SECONDS: '900',
};
const NOTICED = { timeout: 30_000 };
const PLANES: readonly TestPlane[] = ['Steady', 'Solid'].map((displayName) => ({
  kind: 'DataPlane',
  namespace: 'acme',
  name: displayName.toLowerCase(),
  displayName,
  planeID: displayName.toLowerCase(),
}));

test.describe.configure({ timeout: 120_000 });

/** Records every text of the table and of the banners from now on, so that a state can't pass unnoticed. */
async function watchTexts(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const seen = new Set<string>();
    const read = () => {
      const parts = document.querySelectorAll('main, [role="status"], [role="alert"]');
      seen.add([...parts].map(({ textContent }) => textContent).join(' '));
    };
    new MutationObserver(read).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    read();
    Object.assign(window, { seenTexts: seen });
  });
  return () =>
    page.evaluate(() => [...(window as unknown as { seenTexts: Set<string> }).seenTexts].join('\n'));
}

test('a page says which kind has no live data while the check of its watch fails', async ({
  page,
  planes,
  faultProxy,
  startServer,
}) => {
  await planes.add(...PLANES.map((plane) => ({ ...plane, status: connectedStatus() })));
  const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath, env });
  await page.goto(server.url);
  await expect(page.getByText(LIVE)).toBeVisible();
  faultProxy.swallows = (path) => path.includes('/dataplanes?');
  faultProxy.rule = (path, _method, { isMetadataList }) =>
    isMetadataList && path.includes('/dataplanes?') ? { status: 500 } : undefined;
  await expect(page.getByText(/^Partly live\s*·/)).toBeVisible(NOTICED);
  await expect(page.getByText(/^No live data for data planes\./)).toContainText(
    "It isn't known whether the watch still delivers changes, because a check failed",
  );
  faultProxy.rule = undefined;
  await expect(page.getByText(LIVE)).toBeVisible(NOTICED);
  await expect(page.getByText(/^No live data for/)).toHaveCount(0);
});

for (const jumpMs of [HOUR_MS, -HOUR_MS])
  test(`a page and a wall report that the clock was set by ${jumpMs / HOUR_MS} h, and no plane turns stale`, async ({
    page,
    planes,
    faultProxy,
    startServer,
    context,
  }) => {
    const report = (aheadMs: number) =>
      planes.setStatuses(PLANES, () => connectedStatus({ heartbeatAgoMs: -aheadMs }));
    await planes.add(...PLANES.map((plane) => ({ ...plane, status: connectedStatus() })));
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath, env });
    const fleet = new FleetPage(page);
    await page.goto(server.url);
    await expect(page.getByText(LIVE)).toBeVisible();
    const wall = new WallPage(await context.newPage());
    await wall.open(server.url, '?namespace=acme');
    await expect(wall.statement).toContainText('All 2 planes shown are healthy');
    const texts = [await watchTexts(page), await watchTexts(wall.page)];

    faultProxy.dateAheadMs = () => jumpMs;
    const banner = page.getByText(/^The API server's clock jumped by 1 h\./);
    await expect(banner).toContainText('until new heartbeats show which one is right', NOTICED);
    await expect(wall.controlPlane).toContainText("The API server's clock jumped by 1 h", NOTICED);
    // The control plane's other clocks jump with it.
    await report(jumpMs);
    await expect(banner).toContainText('New heartbeats follow it', NOTICED);
    await expect(wall.controlPlane).toContainText('New heartbeats follow it', NOTICED);
    await expect(wall.statement).toContainText('All 2 planes shown are healthy');
    await expect(fleet.health('Steady')).toHaveText('Healthy');
    await expect(page.getByText(LIVE)).toBeVisible();
    for (const seen of texts)
      expect(await seen()).not.toMatch(
        /control plane incident|last heartbeat|in the future|no data from|no live data|nothing has confirmed/i,
      );
  });
