import type { Page } from '@playwright/test';
import { LIVE, SEEN } from '@/e2e/support/fleet-page';
import { expect, test } from '@/e2e/support/own-control-plane-test';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { CountingRelay } from '@/testing/server/counting-relay';
import { REAL_PACE } from '@/testing/server/planeboard-server';

/** Shorter than the default minute, so a test can wait for it. The heartbeats stay fresh. */
const CONTACT_LOST_SECONDS = '8';
const env = {
  PLANEBOARD_CONTACT_LOST_SECONDS: CONTACT_LOST_SECONDS,
  PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '600',
  PLANEBOARD_HEARTBEAT_STALE_SECONDS: '900',
};
const NOTICED = { timeout: 30_000 };
const PLANE: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'steady',
  displayName: 'Steady',
  planeID: 'steady',
};

/** The browser logs these errors when the server is down. */
test.use({ expectedErrors: [/Failed to load resource: net::ERR_(CONNECTION|INCOMPLETE|EMPTY|NETWORK)/] });
// The tests mostly wait, so both workers share the file, each with a control plane of its own.
test.describe.configure({ mode: 'parallel', timeout: 120_000 });

test.beforeEach(async ({ planes }) => {
  await planes.add({ ...PLANE, status: connectedStatus() });
});

async function openFleet(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByText(LIVE)).toBeVisible();
  await expect(page.getByRole('row', { name: /Steady.* Healthy/ })).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem('loads', '1'));
  await page.addInitScript(() => sessionStorage.setItem('loads', '2'));
}

/** Expects the state before the outage, without a reload of the page. */
async function expectRecovered(page: Page): Promise<void> {
  await expect(page.getByText(LIVE)).toBeVisible(NOTICED);
  await expect(page.getByRole('row', { name: /Steady.* Healthy/ })).toBeVisible(NOTICED);
  await expect(page.getByText(/This page shows data from/)).toBeHidden();
  expect(await page.evaluate(() => sessionStorage.getItem('loads'))).toBe('1');
}

/** Expects that the plane shows its last known state as just that, without its colour, and counts as unknown. */
async function expectNothingGreen(page: Page): Promise<void> {
  await expect(page.getByRole('row', { name: /Steady.* Healthy as of \d+ \w+ ago/ })).toBeVisible(NOTICED);
  await expect(page.getByRole('button', { name: /1\s*Unknown/ })).toBeVisible();
  await expect(page.getByText('Healthy', { exact: true })).toHaveCount(0);
  await expect(page.locator('.text-healthy:not(.grayscale *)')).toHaveCount(0);
}

test('an open page shows when it lost the API server, shows no plane as healthy, and recovers', async ({
  page,
  startServer,
  ownControlPlane,
}) => {
  const server = await startServer({ env });
  await openFleet(page, server.url);
  const killedAtMs = Date.now();
  await ownControlPlane.killApiServer();
  try {
    const banner = page.getByRole('status').filter({ hasText: "The API server can't be read." });
    await expect(banner).toBeVisible(NOTICED);
    const asOf = await banner.getByRole('time').getAttribute('datetime');
    // Contact is proven every 5 s, so the last contact was shortly before the end.
    expect(Date.parse(asOf ?? '')).toBeLessThanOrEqual(killedAtMs + 1000);
    expect(Date.parse(asOf ?? '')).toBeGreaterThan(killedAtMs - 10_000);
    await expectNothingGreen(page);
    await page.getByRole('link', { name: 'Steady' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Steady' })).toBeVisible();
    await expect(banner).toBeVisible();
    await expect(page.getByText(/No data from the API server for \d+ s/).first()).toBeVisible();
    await page.goBack();
    // The last contact stays the same, so the age grows.
    await expect(banner.getByRole('time')).toHaveAttribute('datetime', asOf ?? '');
    const header = page.getByRole('banner');
    const shownAge = async () => Number(/· ?(\d+) s/.exec((await header.textContent()) ?? '')?.[1]);
    const ageMs = Date.now() - Date.parse(asOf ?? '');
    expect(await shownAge()).toBeGreaterThanOrEqual(Math.floor(ageMs / SECOND_MS) - 2);
    const before = await shownAge();
    await expect.poll(shownAge).toBeGreaterThan(before);
  } finally {
    await ownControlPlane.startApiServer();
  }
  await expectRecovered(page);
});

test('an open page shows a change that was made during the outage', async ({
  page,
  startServer,
  ownControlPlane,
  planes,
}) => {
  const server = await startServer({ env });
  await openFleet(page, server.url);
  await server.kill('SIGKILL');
  await expect(page.getByText("Planeboard's server isn't responding.")).toBeVisible(NOTICED);
  await ownControlPlane.killApiServer();
  await ownControlPlane.startApiServer();
  await planes.patch(PLANE, { metadata: { annotations: { 'openchoreo.dev/display-name': 'Steadier' } } });
  await server.start();
  await expect(page.getByRole('row', { name: /Steadier.* Healthy/ })).toBeVisible(NOTICED);
});

test("an open page shows when it lost Planeboard's server, shows no plane as healthy, and recovers", async ({
  page,
  startServer,
}) => {
  const server = await startServer({ env });
  await openFleet(page, server.url);
  await server.kill('SIGKILL');
  const banner = page.getByRole('status').filter({ hasText: "Planeboard's server isn't responding." });
  await expect(banner).toBeVisible(NOTICED);
  await expect(banner).toContainText(/This page shows data from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  await expectNothingGreen(page);
  await server.start();
  await expectRecovered(page);
});

test('an open page keeps its planes while a restarted server lists them, and then says what is still missing', async ({
  page,
  planes,
  startServer,
  faultProxy,
}) => {
  await planes.add({
    kind: 'WorkflowPlane',
    namespace: 'acme',
    name: 'ci',
    planeID: 'ci',
    status: connectedStatus(),
  });
  const server = await startServer({
    kubeconfigPath: faultProxy.kubeconfigPath,
    env: { ...env, ...REAL_PACE },
  });
  await openFleet(page, server.url);
  let list = () => {};
  const listed = new Promise<undefined>((resolve) => {
    list = () => resolve(undefined);
  });
  faultProxy.rule = (path) => (path.includes('/dataplanes?') ? listed : undefined);
  await server.kill('SIGKILL');
  await server.start();
  const reading = page.getByText('Still reading data planes.');
  const rows = page.getByRole('row', { name: /Steady/ });
  // The server waits for the list for some seconds, and the page shows what it knows until then.
  await expect(reading).toBeHidden();
  await expect(rows).toBeVisible();
  await expect(reading).toBeVisible(NOTICED);
  await expect(page.getByText(/^Loading\s*·/)).toBeVisible();
  await expect(page.getByText(LIVE)).toBeHidden();
  await expect(page.getByRole('row', { name: /ci/ })).toBeVisible();
  await expect(rows).toBeHidden();
  list();
  await expectRecovered(page);
  await expect(reading).toBeHidden();
});

test('a server that shuts down gracefully closes its open streams at once', async ({ page, startServer }) => {
  const server = await startServer({ env });
  await openFleet(page, server.url);
  expect(await server.kill('SIGTERM')).toBeLessThan(5000);
  await expect(page.getByText("Planeboard's server isn't responding.")).toBeVisible(NOTICED);
  await server.start();
  await expectRecovered(page);
});

test.describe('a server that hangs', () => {
  // What it was asked for meanwhile may have timed out when it goes on.
  test.use({ expectedErrors: [/Failed to load resource: (net::ERR_|.*503)/] });

  test('an open page notices a server that hangs without closing connections', async ({
    page,
    startServer,
  }) => {
    const server = await startServer({ env });
    await openFleet(page, server.url);
    const { pid } = server;
    if (pid === undefined) throw new Error('The server has no process.');
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(page.getByText("Planeboard's server isn't responding.")).toBeVisible(NOTICED);
      await expectNothingGreen(page);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expectRecovered(page);
  });

  test("a plane's page blames a hanging server, not the API server behind it", async ({
    page,
    startServer,
  }) => {
    const server = await startServer({ env });
    await page.goto(`${server.url}/planes/dataplanes/acme/steady`);
    await expect(page.getByText(LIVE)).toBeVisible();
    await expect(page.getByText('No known problems')).toBeVisible(NOTICED);
    const { pid } = server;
    if (pid === undefined) throw new Error('The server has no process.');
    process.kill(pid, 'SIGSTOP');
    try {
      const finding = page.locator('[data-finding="no-contact"]');
      await expect(finding).toContainText("Planeboard's server isn't responding", NOTICED);
      await expect(finding).toContainText(/Planeboard's server isn't responding\. Last updated \d+ s ago/);
      await expect(finding).not.toContainText('kubectl');
      await expect(
        page.getByText(/No data from the API server|The API server (isn't|hasn't) respond/),
      ).toHaveCount(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await expect(page.getByText('No known problems')).toBeVisible(NOTICED);
  });
});

test('the list and a plane page stop showing server-rendered planes as healthy if the stream never opens', async ({
  page,
  startServer,
}) => {
  const server = await startServer({ env });
  const relay = await CountingRelay.start(server.port);
  const known = async () => (await fetch(`${server.url}/api/planes`)).text();
  await expect.poll(known).toMatch(/"state":"healthy"/);
  try {
    for (const path of ['/', '/planes/dataplanes/acme/steady']) {
      relay.cutsStreams = true;
      await page.goto(relay.url + path);
      await expect(page.getByText('Healthy').first()).toBeVisible();
      const banner = page.getByRole('status').filter({ hasText: "Planeboard's server isn't responding." });
      await expect(banner).toContainText(/shows data from \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/, NOTICED);
      await expect(page.getByText('Healthy', { exact: true })).toHaveCount(0, NOTICED);
      await expect(page.locator('.text-healthy:not(.grayscale *)')).toHaveCount(0);
      const lastKnown = path === '/' ? /^Healthy as of \d+ s ago/ : /At the last contact, it was healthy\./;
      await expect(page.getByText(lastKnown).first()).toBeVisible(NOTICED);
      await expect(
        page.getByText(/No data from the API server|The API server (isn't|hasn't) respond/),
      ).toHaveCount(0);
      relay.cutsStreams = false;
      await expect(page.getByText(LIVE)).toBeVisible(NOTICED);
      await expect(page.getByText('Healthy').first()).toBeVisible(NOTICED);
    }
  } finally {
    await relay.stop();
  }
});

test.describe('when one kind fails while the API server answers', () => {
  test.use({ expectedErrors: [/Failed to load resource: .*50[23]/] });

  test("a plane's page reports that it has no contact about its kind, and retries", async ({
    page,
    startServer,
    faultProxy,
  }) => {
    const failing = (path: string) => (/\/dataplanes\b/.test(path) ? { status: 500 } : undefined);
    faultProxy.rule = failing;
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath, env });
    await page.goto(`${server.url}/planes/dataplanes/acme/steady`);
    await expect(page.getByRole('heading', { name: "This plane can't be loaded" })).toBeVisible();
    await expect(page.getByText(LIVE)).toBeVisible();
    faultProxy.rule = undefined;
    await expect(page.getByRole('heading', { level: 1, name: 'Steady' })).toBeVisible(NOTICED);
    await expect(page).toHaveTitle(/(^| · )Steady · /);

    const notice = page.getByRole('status').filter({ hasText: 'No live data for data planes.' });
    await expect(notice).toBeHidden(NOTICED);
    faultProxy.rule = failing;
    faultProxy.cut();
    await expect(notice).toBeVisible(NOTICED);
    faultProxy.rule = undefined;
    await expect(notice).toBeHidden(NOTICED);
    await expect(page.getByText('Healthy').first()).toBeVisible(NOTICED);
  });
});

test('an open page notices a connection to the API server that falls silent without closing', async ({
  page,
  startServer,
  faultProxy,
}) => {
  const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath, env });
  await openFleet(page, server.url);
  faultProxy.fallSilent();
  await expect(page.getByText("The API server can't be read.", { exact: true })).toBeVisible(NOTICED);
  await expectNothingGreen(page);
  faultProxy.endSilence();
  await expectRecovered(page);
});

test.describe('when the API server is down at the start', () => {
  // A plane's page retries until it gets an answer, and the browser logs every failure. While the API server starts,
  // it answers some requests with errors.
  test.use({ expectedErrors: [/Failed to load resource: .*50[23]/] });

  test('the server starts, reports the missing contact, and connects later', async ({
    page,
    startServer,
    ownControlPlane,
  }) => {
    await ownControlPlane.killApiServer();
    try {
      const server = await startServer({ env });
      await page.goto(server.url);
      await expect(page.getByRole('heading', { name: "The API server can't be read" })).toBeVisible();
      await expect(page.getByText('Healthy')).toHaveCount(0);
      await expect(page.getByText('No planes yet')).toHaveCount(0);
      await expect(page.getByText(/^No data/)).toBeVisible();
      await page.goto(`${server.url}/planes/dataplanes/acme/steady`);
      await expect(page.getByRole('heading', { name: "This plane can't be loaded" })).toBeVisible();
    } finally {
      await ownControlPlane.startApiServer();
    }
    await expect(page.getByRole('heading', { level: 1, name: 'Steady' })).toBeVisible(NOTICED);
    await page.getByRole('link', { name: 'Fleet' }).first().click();
    await expect(page.getByRole('row', { name: /Steady.* Healthy/ })).toBeVisible(NOTICED);
  });
});

for (const [error, offsetMs] of [
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
] as const) {
  test(`a browser whose clock is ${error} shows the same ages and health`, async ({
    page,
    server,
    fleet,
  }) => {
    await page.addInitScript((offset) => {
      const RealDate = Date;
      const now = () => RealDate.now() + offset;
      globalThis.Date = new Proxy(RealDate, {
        construct: (target, args: []) =>
          args.length === 0 ? new target(now()) : Reflect.construct(target, args),
        get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
      });
    }, offsetMs);
    await page.goto(`${server.url}/?show=created`);
    expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now())).toBeGreaterThan(3_500_000);
    await fleet.live();
    await expect(fleet.health('Steady')).toHaveText('Healthy');
    await expect(await fleet.cell('Steady', 'Heartbeat')).toHaveText(/^\d+ s$/, SEEN);
    await expect(await fleet.cell('Steady', 'Created')).toHaveText(/^\d+ s$/);
  });
}
