import type { Browser } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE, SEEN } from '@/e2e/support/fleet-page';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { CountingRelay } from '@/testing/server/counting-relay';

const EU: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'live-eu',
  displayName: 'Live Europe',
  planeID: 'live-eu',
};
const US: TestPlane = { ...EU, name: 'live-us', displayName: 'Live America', planeID: 'live-us' };

/** A mark set in a page, lost on reload. */
declare global {
  interface Window {
    notReloaded?: boolean;
  }
}

test.beforeEach(async ({ planes, fleet, page }) => {
  await planes.add({ ...EU, status: connectedStatus() }, { ...US, status: connectedStatus() });
  await fleet.open();
  await expect(fleet.names).toHaveText(['Live America', 'Live Europe']);
  await page.evaluate(() => {
    window.notReloaded = true;
  });
});

test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => window.notReloaded)).toBe(true);
});

test('a changed status appears without a reload, and the plane moves to its new position', async ({
  fleet,
  planes,
}) => {
  await expect(fleet.health('Live Europe')).toHaveText('Healthy');
  await planes.setStatus(EU, lostStatus(2 * MINUTE_MS));
  await expect(fleet.health('Live Europe')).toContainText('Disconnected');
  await expect(fleet.health('Live Europe')).toContainText('Agent disconnected 2 min ago');
  await expect(fleet.names).toHaveText(['Live Europe', 'Live America']);
  await planes.setStatus(EU, { ...connectedStatus({ agents: 2 }) });
  await expect(fleet.health('Live Europe')).toHaveText('Healthy');
  await expect(await fleet.cell('Live Europe', 'Agents')).toHaveText('2');
});

test('created and deleted planes update the list and the counts', async ({ fleet, planes, page }) => {
  const total = page.getByText(/^\d+ planes?$/);
  await expect(total).toHaveText('2 planes');
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'live-new',
    displayName: 'Brand new',
    planeID: 'live-new',
  });
  await expect(fleet.health('Brand new')).toContainText('Pending');
  await expect(total).toHaveText('3 planes');
  await expect(fleet.healthCount('Pending')).toHaveText('1Pending');
  await planes.remove({ kind: 'ClusterDataPlane', name: 'live-new' });
  await expect(fleet.names).toHaveText(['Live America', 'Live Europe']);
  await expect(fleet.healthCount('Pending')).toHaveCount(0);
});

test('the list moves a plane with an edited display name, and finds it by the name and an edited label', async ({
  fleet,
  planes,
}) => {
  await planes.patch(EU, { metadata: { annotations: { 'openchoreo.dev/display-name': 'Atlantis' } } });
  await expect(fleet.names).toHaveText(['Atlantis', 'Live America']);
  await fleet.search.fill('sunken');
  await expect(fleet.names).toHaveCount(0);
  await planes.patch(EU, { metadata: { annotations: { 'openchoreo.dev/display-name': 'Sunken city' } } });
  await expect(fleet.names).toHaveText(['Sunken city']);
  await fleet.search.fill('sunk=yes');
  await expect(fleet.names).toHaveCount(0);
  await planes.patch(EU, { metadata: { labels: { sunk: 'yes' } } });
  await expect(fleet.names).toHaveText(['Sunken city']);
});

test("the age of a heartbeat ticks every second while the data doesn't change", async ({ fleet, page }) => {
  const cell = (await fleet.cell('Live Europe', 'Heartbeat')).getByRole('time');
  await expect(cell).toHaveText(/^\d+ s$/);
  // A MutationObserver records every text, so none is missed between two reads.
  const seen = await cell.evaluate(
    (element) =>
      new Promise<string[]>((resolve) => {
        const texts = [element.textContent];
        const observer = new MutationObserver(() => {
          texts.push(element.textContent);
          if (texts.length < 5) return;
          observer.disconnect();
          resolve(texts);
        });
        observer.observe(element, { subtree: true, characterData: true, childList: true });
      }),
  );
  const seconds = seen.map((text) => Number.parseInt(text, 10));
  const steps = seconds.slice(1).map((age, index) => age - (seconds[index] ?? 0));
  // A delayed browser catches up at once, and skips a second.
  for (const step of steps) expect([1, 2]).toContain(step);
  expect(steps).toContain(1);
  await expect(page.getByText(LIVE)).toBeVisible();
});

test('a new heartbeat resets its age without moving rows or focus', async ({ fleet, planes }) => {
  const cell = await fleet.cell('Live Europe', 'Heartbeat');
  await planes.setStatus(EU, connectedStatus({ heartbeatAgoMs: 50_000 }));
  await expect(cell).toHaveText(/^5\d s$/, SEEN);
  await fleet.names.nth(1).focus();
  const before = await fleet.row('Live Europe').elementHandle();
  await planes.setStatus(EU, connectedStatus({ heartbeatAgoMs: 1000 }));
  await expect(cell).toHaveText(/^\d s$/, SEEN);
  await expect(fleet.names).toHaveText(['Live America', 'Live Europe']);
  await expect(fleet.names.nth(1)).toBeFocused();
  const isSame = await fleet.row('Live Europe').evaluate((row, other) => row === other, before);
  expect(isSame, 'The row is still the same element.').toBe(true);
});

test('a list sorted by heartbeat follows new heartbeats', async ({ fleet, planes }) => {
  await planes.setStatus(US, connectedStatus({ heartbeatAgoMs: 40_000 }));
  await fleet.sortBy('Heartbeat');
  await expect(fleet.names).toHaveText(['Live America', 'Live Europe']);
  await planes.setStatus(EU, connectedStatus({ heartbeatAgoMs: 50_000 }));
  await expect(fleet.names).toHaveText(['Live Europe', 'Live America']);
  await planes.setStatus(EU, connectedStatus({ heartbeatAgoMs: 1000 }));
  await expect(fleet.names).toHaveText(['Live America', 'Live Europe']);
});

test('the focus stays on its plane when the order changes', async ({ fleet, planes, page }) => {
  await fleet.row('Live Europe').getByRole('link').focus();
  await planes.setStatus(EU, lostStatus());
  await expect(fleet.names).toHaveText(['Live Europe', 'Live America']);
  await expect(fleet.row('Live Europe').getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(fleet.row('Live America').getByRole('link')).toBeFocused();
});

/** Returns the URLs of the origin's shared workers, as the browser's debugger lists them. */
async function sharedWorkers(browser: Browser, origin: string): Promise<string[]> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  await session.detach();
  return targetInfos
    .filter(({ type, url }) => type === 'shared_worker' && url.startsWith(origin))
    .map(({ url }) => url);
}

test('several tabs share one stream and are all live', async ({ server, planes, context, browser }) => {
  const relay = await CountingRelay.start(server.port);
  try {
    const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
    for (const tab of tabs) {
      await tab.goto(relay.url);
      await expect(tab.getByText(LIVE)).toBeVisible();
    }
    // A page silently opens its own stream if the worker can't run.
    expect(await sharedWorkers(browser, relay.url)).toHaveLength(1);
    expect(relay.openStreams).toBe(1);
    await planes.setStatus(EU, lostStatus());
    for (const tab of tabs) {
      await expect(tab.getByRole('button', { name: /Disconnected/ })).toBeVisible();
    }
    // Closing the first tab must not disconnect the others.
    await tabs[0]?.close();
    await planes.setStatus(US, lostStatus());
    for (const tab of tabs.slice(1)) {
      await expect(tab.getByRole('button', { name: /2\s*Disconnected/ })).toBeVisible();
    }
    expect(relay.openStreams).toBe(1);
    for (const tab of tabs.slice(1)) await tab.close();
    await expect.poll(() => relay.openStreams).toBe(0);
  } finally {
    await relay.stop();
  }
});
