import type { Page } from '@playwright/test';
import { speedUpTime } from '@/e2e/support/page-clock';
import { watchNotices } from '@/e2e/support/wall-notices';
import { test as base, expect, WALL_ENV } from '@/e2e/support/wall-test';
import { DAY_MS } from '@/lib/plane/time/duration';
import { REAL_PACE } from '@/testing/server/planeboard-server';
import { fedPlanes, WallFeed } from '@/testing/server/wall-feed';

/** The speed of the screen's time and the feed's time, low enough for a busy machine. */
const SPEED = 12;

const test = base.extend<{ feed: WallFeed }>({
  /** Feeds the walls of this test, whose screens' time is as fast. */
  feed: async ({ context, page, startServer }, use) => {
    await speedUpTime(context, SPEED);
    const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
    const feed = await WallFeed.start(server, SPEED);
    await use(feed);
    await page.close();
    await feed.stop();
  },
});

interface Turned {
  readonly page: string;
  readonly worst: readonly string[];
  readonly names: readonly string[];
}

/** Records the pages as they turn by themselves, until the first one is shown again. */
function turnedPages(page: Page): Promise<Turned[]> {
  return page.evaluate(
    () =>
      new Promise<Turned[]>((resolve) => {
        const turned = new Map<string, Turned>();
        const record = () => {
          const pager = /Page \d+ of \d+/.exec(document.querySelector('main')?.textContent ?? '')?.[0];
          if (pager === undefined) return;
          const names = (selector: string) =>
            [...document.querySelectorAll(`${selector} [data-wall-tile] .sr-only`)].map(
              (name) => name.textContent,
            );
          const seen = { page: pager, worst: names('[aria-label="Worst planes"]'), names: names('main') };
          const isRound = pager.startsWith('Page 1 ') && turned.size > 1;
          if (!isRound) turned.set(pager, seen);
          if (!isRound) return;
          observer.disconnect();
          resolve([...turned.values()]);
        };
        const observer = new MutationObserver(record);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        record();
      }),
  );
}

const IN_MAINTENANCE = 20;

test('a wall pages through more planes in maintenance than fit', async ({ page, wall, feed }) => {
  const maintained = fedPlanes(feed, IN_MAINTENANCE, 0).map((plane) => ({
    ...plane,
    maintenance: { until: feed.ago(-DAY_MS), reason: 'New switches' },
  }));
  const unhealthy = fedPlanes(feed, 4, 4).map((plane) => ({ ...plane, uid: `unhealthy-${plane.uid}` }));
  feed.show([...maintained, ...unhealthy]);
  await page.setViewportSize({ width: 1280, height: 720 });
  await wall.open(feed.url, '?seconds=10');
  await expect(page.getByText(/^Page \d of [2-9]$/)).toBeVisible();
  const shown = new Set<string>();
  const names = page.getByLabel('In maintenance').locator('[data-wall-tile] .sr-only');
  await expect(async () => {
    for (const name of await names.allTextContents()) shown.add(name);
    expect(shown.size).toBe(IN_MAINTENANCE);
  }).toPass({ timeout: 30_000 });
});

// A wide and a tall screen. `lib/plane/wall/layout.test.ts` proves the pages of all screens, with up to 2,000 planes.
for (const [planes, unhealthy, screen] of [
  [400, 60, { width: 1280, height: 720 }],
  [40, 30, { width: 1080, height: 1920 }],
] as const) {
  test(`a wall of ${screen.width}x${screen.height} pages through ${unhealthy} unhealthy planes of ${planes}, with the worst on every page`, async ({
    page,
    wall,
    feed,
  }) => {
    feed.show(fedPlanes(feed, planes, unhealthy));
    await page.setViewportSize(screen);
    await wall.open(feed.url, '?seconds=10');
    await expect(wall.tiles.first()).toBeVisible();
    const notices = await watchNotices(page);
    const pages = await turnedPages(page);
    const [, count] = /of (\d+)/.exec(pages[0]?.page ?? '') ?? [];
    expect(pages).toHaveLength(Number(count));
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pages.flatMap(({ names }) => names)).size).toBe(unhealthy);
    for (const turned of pages) {
      expect(turned.worst.length).toBeGreaterThan(0);
      expect(turned.worst, turned.page).toEqual(pages[0]?.worst);
      expect(turned.names.length).toBeGreaterThan(turned.worst.length);
    }
    expect(await notices.seen()).toEqual([]);
  });
}
