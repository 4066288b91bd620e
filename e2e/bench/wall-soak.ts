import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { freePort } from '@/demo/process/free-port';
import { speedUpTime } from '@/e2e/support/page-clock';
import { watchNotices } from '@/e2e/support/wall-notices';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { kubeconfigOf } from '@/testing/control-plane/kubeconfig';
import { browserLaunchOptions } from '@/testing/runner/browser';
import { PlaneboardServer, REAL_PACE } from '@/testing/server/planeboard-server';
import { fedPlanes, WallFeed } from '@/testing/server/wall-feed';
import { openContext } from './open-context';
import { formatBytes, row, section } from './report';

/** The fastest time that a busy machine can keep up with: a second of simulated time takes 50 ms. */
const SPEED = 20;
const PLANES = 400;
const UNHEALTHY = 60;
/** In simulated time: how often other planes become unhealthy, and how often the line breaks. */
const CHANGE_MS = 10_000;
const BREAK_MS = 120_000;
const WARM_UP_MINUTES = 3;

/** The memory use of a wall's page after a garbage collection. */
interface MemoryUse {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/**
 * Shows a wall for some minutes of simulated time, in which planes become unhealthy and recover, pages turn, ages
 * tick and the line breaks. Prints the page's memory use at the start, half way and at the end.
 */
export async function soakWall(minutes: number): Promise<void> {
  section(`a wall of ${PLANES} planes for ${minutes} simulated minutes, ${SPEED} times as fast`);
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-soak-'));
  const kubeconfigPath = join(folder, 'kubeconfig');
  // The feed replaces the API server, so nothing listens on this address.
  await writeFile(
    kubeconfigPath,
    kubeconfigOf(`https://127.0.0.1:${await freePort()}`, { user: { token: 'none' } }),
  );
  const server = await PlaneboardServer.start({
    kubeconfigPath,
    env: { ...REAL_PACE, PLANEBOARD_WALL: 'open' },
  });
  const feed = await WallFeed.start(server, SPEED);
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    const page = await openWall(browser, feed);
    await simulate(feed, WARM_UP_MINUTES);
    const start = await memoryUse(page);
    const notices = await watchNotices(page);
    await simulate(feed, minutes / 2);
    const middle = await memoryUse(page);
    await simulate(feed, minutes / 2);
    const end = await memoryUse(page);
    row(
      'heap at start, halfway, end',
      listOf([start, middle, end], ({ heapBytes }) => formatBytes(heapBytes)),
    );
    row(
      'DOM nodes at start, halfway, end',
      listOf([start, middle, end], ({ nodes }) => String(nodes)),
    );
    row(
      'event listeners at start, halfway, end',
      listOf([start, middle, end], ({ listeners }) => String(listeners)),
    );
    row('streams opened one after the other', String(feed.opened));
    row('seconds shown by the clock', String(await notices.ticks()));
    row('notices of old data', String((await notices.seen()).length));
  } finally {
    await browser.close();
    await feed.stop();
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openWall(browser: Browser, feed: WallFeed): Promise<Page> {
  const context = await openContext(browser, { width: 1920, height: 1080 });
  await speedUpTime(context, SPEED);
  feed.show(fedPlanes(feed, PLANES, UNHEALTHY));
  const page = await context.newPage();
  await page.goto(`${feed.url}/wall?seconds=10`);
  await page.locator('[data-wall-tile]').first().waitFor();
  return page;
}

/** Simulates operation: every frame has other unhealthy planes, sometimes none, and the line breaks. */
async function simulate(feed: WallFeed, minutes: number): Promise<void> {
  const untilMs = feed.nowMs() + minutes * MINUTE_MS;
  for (let change = 1; feed.nowMs() < untilMs; change += 1) {
    const isCalm = change % 6 === 0;
    feed.show(fedPlanes(feed, PLANES, isCalm ? 0 : UNHEALTHY, change * 7));
    if (change % (BREAK_MS / CHANGE_MS) === 0) feed.cut();
    await sleep(CHANGE_MS / SPEED);
  }
  feed.show(fedPlanes(feed, PLANES, UNHEALTHY));
}

async function memoryUse(page: Page): Promise<MemoryUse> {
  const session = await page.context().newCDPSession(page);
  try {
    // Every measurement needs the same state: the same planes on the same page.
    await page.getByText(/^Page 2 of/).waitFor();
    await page.getByText(/^Page 1 of/).waitFor();
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    return { heapBytes: usedSize, nodes, listeners: jsEventListeners };
  } finally {
    await session.detach();
  }
}

function listOf(all: readonly MemoryUse[], format: (use: MemoryUse) => string): string {
  return all.map(format).join(', ');
}
