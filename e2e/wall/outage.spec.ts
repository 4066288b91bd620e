import type { Page } from '@playwright/test';
import { watchNotices } from '@/e2e/support/wall-notices';
import { WallPage } from '@/e2e/support/wall-page';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { CountingRelay } from '@/testing/server/counting-relay';

const PLANES: readonly TestPlane[] = [
  { kind: 'DataPlane', namespace: 'acme', name: 'eu', displayName: 'Europe' },
  { kind: 'DataPlane', namespace: 'acme', name: 'us', displayName: 'America' },
];
const BACK = { timeout: 30_000 };

/** What the browser logs when its server is away; nothing else is excused. */
test.use({ expectedErrors: [/Failed to load resource: net::ERR_/] });
test.setTimeout(240_000);

test.beforeEach(async ({ planes }) => {
  for (const plane of PLANES) await planes.add({ ...plane, status: connectedStatus() });
});

/** Resolves when so much time has passed since a moment, as an outage is nothing but that. */
function outageOf(ms: number, sinceMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - (performance.now() - sinceMs))));
}

/** Every text and shape in one of the greens of the wall that is neither dimmed nor grey. */
function calmGreens(page: Page): Promise<string[]> {
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

test('Planeboard is killed and started again, at once and after 10 s: nobody has to see it', async ({
  page,
  wall,
  startServer,
  planes,
}) => {
  const server = await startServer({ env: WALL_ENV });
  // How long a server needs to start is the machine's matter: the relay holds to ten seconds.
  const relay = await CountingRelay.start(server.port);
  await wall.open(relay.url);
  await expect(wall.statement).toContainText('All 2 planes are healthy');
  await wall.mark();
  const notices = await watchNotices(page);

  await server.kill('SIGKILL');
  await server.start();
  await planes.setStatuses(PLANES.slice(0, 1), () => lostStatus());
  await expect(wall.tile('Europe')).toBeVisible(BACK);
  await planes.setStatuses(PLANES.slice(0, 1), () => connectedStatus());
  await expect(wall.statement).toContainText('All 2 planes are healthy', BACK);

  const statements = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const look = () => seen.add(document.querySelector('[data-wall-statement] p')?.textContent?.trim() ?? '');
    new MutationObserver(look).observe(document.body, {
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
  // That no data come is told all the while by their age.
  await expect(wall.age).toHaveText(/Data [89] s old/, BACK);
  await outageOf(10 * SECOND_MS, killedAtMs);
  relay.comeUp();
  await wall.live();
  await expect(wall.age).toHaveText(/Data [0-4] s old/, BACK);
  expect(await notices.seen()).toEqual([]);
  // A server that has just started knows no planes yet: that is no news for a wall.
  expect(await statements.evaluate((seen) => [...seen])).toEqual(['All 2 planes are healthy']);
  expect(await wall.wasReloaded()).toBe(false);
  await page.close();
  await relay.stop();
});

test('Planeboard away, a line that falls silent, the API server away, for 90 s: a notice that grows, then a blind screen, and all come back by themselves', async ({
  browser,
  controlPlane,
  planes,
  startServer,
}) => {
  const [killed, behindRelay, cutOff] = await Promise.all(
    Array.from({ length: 3 }, () => startServer({ env: WALL_ENV })),
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
      await expect(wall.statement).toContainText('All 2 planes are healthy');
      await wall.mark();
    }
    const [wallMs, sinceMs] = [Date.now(), performance.now()];
    // In this order: a server that is still heard tells at once that it has lost the API server.
    relay.fallSilent();
    await killed.kill('SIGKILL');
    await controlPlane.killApiServer();

    const words = [
      /Planeboard does not answer/,
      /Planeboard does not answer/,
      /no contact with the API server/,
    ];
    const heightOf = async (wall: WallPage) => (await wall.alert.boundingBox())?.height ?? 0;
    for (const [index, wall] of walls.entries()) {
      await expect(wall.alert).toContainText(/These data are \d+ s old/, BACK);
      await expect(wall.alert).toContainText(words[index] ?? '');
      await expect(wall.blind).toHaveCount(0);
      expect(
        await calmGreens(wall.page).then((greens) => greens.filter((html) => html.includes('dot'))),
      ).toEqual([]);
    }
    const early = await Promise.all(walls.map(heightOf));
    await outageOf(50 * SECOND_MS, sinceMs);
    for (const [index, wall] of walls.entries()) {
      const [atFirst = 0, later] = [early[index], await heightOf(wall)];
      expect(later, 'The notice grows with the age.').toBeGreaterThan(atFirst * 1.3);
    }
    for (const [index, wall] of walls.entries()) {
      await expect(wall.blind).toContainText(/SCREEN BLIND SINCE \d\d:\d\d:\d\d UTC/, BACK);
      await expect(wall.blind).toContainText(words[index] ?? '');
      const [, clock = ''] =
        /SINCE (\d\d:\d\d:\d\d)/.exec(((await wall.blind.textContent()) ?? '').replaceAll(/\s+/g, ' ')) ?? [];
      const blindSinceMs = Date.parse(`${new Date(wallMs).toISOString().slice(0, 10)}T${clock}Z`);
      // Contact is proven every 5 s, so the last of it is from shortly before the end.
      expect(blindSinceMs).toBeGreaterThan(wallMs - 10 * SECOND_MS);
      expect(blindSinceMs).toBeLessThan(wallMs + 3 * SECOND_MS);
      expect(await calmGreens(wall.page)).toEqual([]);
      // The last state is behind it; of the API server's silence it says as much as it was told.
      await expect(wall.statement).toContainText(index < 2 ? 'All 2 planes are healthy' : '2 planes healthy');
    }
    await outageOf(90 * SECOND_MS, sinceMs);
    await controlPlane.startApiServer();
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
    await controlPlane.startApiServer();
  }
});
