import type { Page } from '@playwright/test';
import { test as base, expect } from '@/e2e/support/own-control-plane-test';
import { watchNotices } from '@/e2e/support/wall-notices';
import { WallPage } from '@/e2e/support/wall-page';
import { WALL_ENV } from '@/e2e/support/wall-test';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { CountingRelay } from '@/testing/server/counting-relay';
import { REAL_PACE } from '@/testing/server/planeboard-server';

const PLANES: readonly TestPlane[] = [
  { kind: 'DataPlane', namespace: 'acme', name: 'eu', displayName: 'Europe' },
  { kind: 'DataPlane', namespace: 'acme', name: 'us', displayName: 'America' },
];
const BACK = { timeout: 30_000 };
/** Slow enough to measure what three screens show between two states. */
const PACE = 3;

const test = base.extend<{ wall: WallPage }>({
  wall: async ({ page }, use) => {
    await use(new WallPage(page));
  },
});

/** The browser logs these errors when the server is down. */
test.use({ expectedErrors: [/Failed to load resource: net::ERR_/] });
test.setTimeout(240_000);

test.beforeEach(async ({ planes }) => {
  for (const plane of PLANES) await planes.add({ ...plane, status: connectedStatus() });
});

/** Resolves when an outage that started at `sinceMs` has lasted `ms`. */
function outageOf(ms: number, sinceMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - (performance.now() - sinceMs))));
}

/** Returns every text and shape in the wall's green that is neither dimmed nor grey. */
function undimmedGreens(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('main')?.parentElement;
    if (!root) throw new Error('There is no wall.');
    const probe = root.appendChild(document.createElement('i'));
    probe.style.color = 'var(--color-healthy)';
    const green = getComputedStyle(probe).color;
    probe.remove();
    const isDimmed = (element: Element): boolean => {
      const { filter, opacity } = getComputedStyle(element);
      const dims = filter.includes('grayscale(1)') && Number(opacity) < 0.5;
      return dims || (element.parentElement !== null && isDimmed(element.parentElement));
    };
    return [...root.querySelectorAll('*')]
      .filter((element) => {
        const { color, backgroundColor } = getComputedStyle(element);
        return (color === green || backgroundColor === green) && !isDimmed(element);
      })
      .map((element) => element.outerHTML);
  });
}

test('a wall shows no notice when Planeboard is killed and restarted, at once or after 10 s', async ({
  page,
  wall,
  startServer,
  planes,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
  // The server's start time depends on the machine, so a relay makes the outage exactly 10 s long.
  const relay = await CountingRelay.start(server.port);
  await wall.open(relay.url);
  await expect(wall.statement).toContainText('All 2 planes shown are healthy');
  await wall.mark();
  const notices = await watchNotices(page);

  await server.kill('SIGKILL');
  await server.start();
  await planes.setStatuses(PLANES.slice(0, 1), () => lostStatus());
  await expect(wall.tile('Europe')).toBeVisible(BACK);
  await planes.setStatuses(PLANES.slice(0, 1), () => connectedStatus());
  await expect(wall.statement).toContainText('All 2 planes shown are healthy', BACK);

  const statements = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const record = () =>
      seen.add(document.querySelector('[data-wall-statement] p')?.textContent?.trim() ?? '');
    new MutationObserver(record).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    return seen;
  });
  const killedAtMs = performance.now();
  relay.goDown();
  await server.kill('SIGKILL');
  await server.start();
  // The data's age shows throughout that no data arrive.
  await expect(wall.age).toHaveText(/Data [89] s old/, BACK);
  await outageOf(10 * SECOND_MS, killedAtMs);
  relay.comeUp();
  await wall.live();
  await expect(wall.age).toHaveText(/Data [0-4] s old/, BACK);
  expect(await notices.seen()).toEqual([]);
  // A server that has just started doesn't know any planes yet, and a wall must not show that.
  expect(await statements.evaluate((seen) => [...seen])).toEqual(['All 2 planes shown are healthy']);
  expect(await wall.wasReloaded()).toBe(false);
  await page.close();
  await relay.stop();
});

test('a wall shows a growing notice, then a blind screen in an outage of 90 s, and recovers automatically', async ({
  browser,
  ownControlPlane,
  planes,
  startServer,
}) => {
  const [killed, behindRelay, cutOff] = await Promise.all(
    Array.from({ length: 3 }, () =>
      startServer({ env: { ...WALL_ENV, PLANEBOARD_TEST_PACE: String(PACE) } }),
    ),
  );
  if (!killed || !behindRelay || !cutOff) throw new Error('Three servers are needed.');
  const relay = await CountingRelay.start(behindRelay.port);
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, timezoneId: 'UTC' });
  const walls = await Promise.all(
    Array.from({ length: 3 }, async () => new WallPage(await context.newPage())),
  );
  const urls = [killed.url, relay.url, cutOff.url];
  try {
    for (const [index, wall] of walls.entries()) {
      await wall.open(urls[index] ?? '');
      await expect(wall.statement).toContainText('All 2 planes shown are healthy');
      await wall.mark();
    }
    const [wallMs, sinceMs] = [Date.now(), performance.now()];
    // The order matters: a running server would report the lost API server at once.
    relay.fallSilent();
    await killed.kill('SIGKILL');
    await ownControlPlane.killApiServer();

    const causes = [
      /Planeboard isn't responding/,
      /Planeboard isn't responding/,
      /Planeboard can't read from the API server/,
    ];
    const heightOf = async (wall: WallPage) => (await wall.alert.boundingBox())?.height ?? 0;
    for (const [index, wall] of walls.entries()) {
      await expect(wall.alert).toContainText(/Data is \d+ s old/, BACK);
      await expect(wall.alert).toContainText(causes[index] ?? '');
      await expect(wall.blind).toHaveCount(0);
      expect(
        await undimmedGreens(wall.page).then((greens) => greens.filter((html) => html.includes('dot'))),
      ).toEqual([]);
    }
    const early = await Promise.all(walls.map(heightOf));
    await outageOf((50 * SECOND_MS) / PACE, sinceMs);
    for (const [index, wall] of walls.entries()) {
      const [atFirst = 0, later] = [early[index], await heightOf(wall)];
      expect(later, 'The notice grows with the age.').toBeGreaterThan(atFirst * 1.3);
    }
    for (const [index, wall] of walls.entries()) {
      await expect(wall.blind).toContainText(/NO LIVE DATA SINCE [-\d ]*\d\d:\d\d:\d\d UTC/, BACK);
      await expect(wall.blind).toContainText(causes[index] ?? '');
      // The date is shown once the day is over.
      const [, date = new Date().toISOString().slice(0, 10), clock = ''] =
        /SINCE (?:([-\d]+) )?(\d\d:\d\d:\d\d)/.exec(
          ((await wall.blind.textContent()) ?? '').replaceAll(/\s+/g, ' '),
        ) ?? [];
      const blindSinceMs = Date.parse(`${date}T${clock}Z`);
      // Contact is proven every 5 s at real pace, so the last contact was shortly before the outage.
      expect(blindSinceMs).toBeGreaterThan(wallMs - 10 * SECOND_MS);
      expect(blindSinceMs).toBeLessThan(wallMs + 3 * SECOND_MS);
      expect(await undimmedGreens(wall.page)).toEqual([]);
      // The last state stays visible behind the notice. Only the third wall's server reported the lost API server.
      await expect(wall.statement).toContainText(
        index < 2 ? 'All 2 planes shown are healthy' : '2 planes healthy',
      );
    }
    await outageOf((90 * SECOND_MS) / PACE, sinceMs);
    await ownControlPlane.startApiServer();
    await killed.start();
    relay.endSilence();
    for (const wall of walls) {
      await wall.live(60_000);
      await expect(wall.alert).toHaveCount(0);
      expect(await wall.wasReloaded()).toBe(false);
    }
    await planes.setStatuses(PLANES.slice(0, 1), () => lostStatus());
    for (const wall of walls) await expect(wall.tile('Europe')).toBeVisible(BACK);
  } finally {
    await context.close();
    await relay.stop();
    await ownControlPlane.startApiServer();
  }
});
