import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { FleetPage, LIVE } from '@/e2e/support/fleet-page';
import { WallPage } from '@/e2e/support/wall-page';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { REAL_PACE } from '@/testing/server/planeboard-server';

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
  await expect(page.getByText('No live data for data planes.')).toBeVisible();
  await expect(
    page.getByText(/It isn't known whether the watch still delivers changes, because a check failed/),
  ).toBeVisible();
  faultProxy.rule = undefined;
  await expect(page.getByText(LIVE)).toBeVisible(NOTICED);
  await expect(page.getByText(/^No live data for/)).toHaveCount(0);
});

const JUMPS = [
  {
    name: 'ahead, as those of the controllers',
    aheadMs: HOUR_MS,
    writersMs: HOUR_MS,
    said: 'New heartbeats follow it',
  },
  {
    name: 'back, alone',
    aheadMs: -HOUR_MS,
    writersMs: 0,
    said: 'New heartbeats still follow the earlier clock',
  },
];

for (const { name, aheadMs, writersMs, said } of JUMPS)
  test(`a page and a wall report that the API server's clock was set ${name}, and no plane turns stale`, async ({
    page,
    planes,
    faultProxy,
    startServer,
    context,
  }) => {
    await planes.add(...PLANES.map((plane) => ({ ...plane, status: connectedStatus() })));
    // A busy machine must not look like an outage.
    const options = { kubeconfigPath: faultProxy.kubeconfigPath, env: { ...env, ...REAL_PACE } };
    const server = await startServer(options);
    const fleet = new FleetPage(page);
    await page.goto(server.url);
    await expect(page.getByText(LIVE)).toBeVisible(NOTICED);
    const wall = new WallPage(await context.newPage());
    await wall.open(server.url, '?namespace=acme');
    await expect(wall.statement).toContainText('All 2 planes shown are healthy');
    const texts = [await watchTexts(page), await watchTexts(wall.page)];

    faultProxy.dateAheadMs = () => aheadMs;
    const banner = page.getByRole('region', { name: 'Control plane' });
    await expect(banner).toContainText("The API server's clock jumped by 1 h.", NOTICED);
    await expect(banner).toContainText('until new heartbeats show which one is right');
    await expect(wall.controlPlane).toContainText("The API server's clock jumped by 1 h", NOTICED);
    await planes.setStatuses(PLANES, () => connectedStatus({ heartbeatAgoMs: -writersMs }));
    await expect(banner).toContainText(said, NOTICED);
    await expect(wall.controlPlane).toContainText(said, NOTICED);
    await expect(wall.statement).toContainText('All 2 planes shown are healthy');
    await expect(fleet.health('Steady')).toHaveText('Healthy');
    await expect(page.getByText(LIVE)).toBeVisible();
    for (const seen of texts)
      expect(await seen()).not.toMatch(
        /control plane incident|in the future|no live data|no data from|nothing has confirmed/i,
      );
  });
