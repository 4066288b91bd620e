import { setClockOffset } from '@/e2e/support/page-clock';
import { watchNotices } from '@/e2e/support/wall-notices';
import { WallPage } from '@/e2e/support/wall-page';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';
import { REAL_PACE } from '@/testing/server/planeboard-server';

const EU: TestPlane = { kind: 'DataPlane', namespace: 'acme', name: 'eu', displayName: 'Europe' };
const US: TestPlane = { kind: 'DataPlane', namespace: 'acme', name: 'us', displayName: 'America' };

test.beforeEach(async ({ planes }) => {
  await planes.add({ ...EU, status: connectedStatus() }, { ...US, status: connectedStatus() });
});

/** Returns the name of the animation of a tile's border, or `none`. */
function edgeOf(tile: Element): string {
  return getComputedStyle(tile, '::after').animationName;
}

test('a wall shows a changed status within seconds, marked as new until the screen is clicked', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url);
  await expect(wall.statement).toContainText('All 2 planes shown are healthy');
  const changedAtMs = performance.now();
  await planes.setStatus(EU, lostStatus(2 * MINUTE_MS));
  await expect(wall.tile('Europe')).toContainText('Disconnected for 2 min');
  expect(performance.now() - changedAtMs).toBeLessThan(5000);
  await expect(wall.count('healthy')).toContainText('1');
  await expect.poll(() => wall.tile('Europe').evaluate(edgeOf)).toMatch(/breathe/);
  await page.mouse.click(10, 10);
  await expect.poll(() => wall.tile('Europe').evaluate(edgeOf)).toBe('none');

  await planes.setStatus(EU, connectedStatus({ agents: 3 }));
  await expect(wall.statement).toContainText('All 2 planes shown are healthy');
  await expect(wall.statement).toContainText('4 agents connected');
});

test('with reduced motion, a wall marks a new alarm without any animation', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url);
  await expect(wall.statement).toBeVisible();
  await planes.setStatus(EU, lostStatus());
  await expect(wall.tile('Europe')).toBeVisible();
  const edgePx = () =>
    wall
      .tile('Europe')
      .evaluate((tile) => Number.parseFloat(getComputedStyle(tile, '::after').borderTopWidth));
  await expect.poll(edgePx).toBeGreaterThanOrEqual(3);
  expect(await wall.tile('Europe').evaluate(edgeOf)).toBe('none');
  const moving = await page.evaluate(
    () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
  );
  expect(moving).toBe(0);
});

test('screens whose clocks are an hour fast or slow show the right time and ages, and no notice', async ({
  browser,
  planes,
  startServer,
}) => {
  test.setTimeout(120_000);
  await planes.setStatus(EU, lostStatus(7 * MINUTE_MS));
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
  await Promise.all(
    [HOUR_MS, -HOUR_MS].map(async (byMs) => {
      const context = await browser.newContext({ timezoneId: 'UTC' });
      await setClockOffset(context, byMs);
      const page = await context.newPage();
      const wall = new WallPage(page);
      await wall.open(server.url);
      const notices = await watchNotices(page);
      expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - byMs)).toBeLessThan(5000);
      await expect(wall.tile('Europe')).toContainText('Disconnected for 7 min');
      const offBy = async () => {
        const now = new Date();
        const seconds = (now.getUTCHours() * 60 + now.getUTCMinutes()) * 60 + now.getUTCSeconds();
        const difference = Math.abs((await wall.clockSeconds()) - seconds);
        return Math.min(difference, 86_400 - difference);
      };
      await expect.poll(offBy).toBeLessThanOrEqual(2);
      // No plane changes for longer than the maximal data age, so only keep-alives arrive.
      await expect.poll(() => notices.ticks(), { timeout: 40_000 }).toBeGreaterThan(20);
      expect(await notices.seen()).toEqual([]);
      await expect.poll(offBy).toBeLessThanOrEqual(2);
      await wall.live();
      await context.close();
    }),
  );
});

test('a wall hides the idle pointer, toggles full screen with `f`, and keeps the screen awake', async ({
  context,
  page,
  wall,
  startServer,
}) => {
  await context.addInitScript(() => {
    const locks: string[] = [];
    const released = new EventTarget();
    const request = (type: string) => {
      locks.push(type);
      return Promise.resolve(
        Object.assign(released, { released: false, type, release: () => Promise.resolve() }),
      );
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    Object.assign(window, { requestedLocks: locks });
  });
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url);
  expect(await page.evaluate(() => 'requestedLocks' in window && window.requestedLocks)).toEqual(['screen']);

  const cursor = () =>
    page.evaluate(() => getComputedStyle(document.elementFromPoint(200, 200) ?? document.body).cursor);
  await page.mouse.move(200, 200);
  await expect.poll(cursor).not.toBe('none');
  await expect.poll(cursor).toBe('none');
  await page.mouse.move(210, 200);
  await expect.poll(cursor).not.toBe('none');

  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await page.keyboard.press('f');
  await expect.poll(isFull).toBe(true);
  await page.keyboard.press('f');
  await expect.poll(isFull).toBe(false);
});
