import { type APIResponse, expect, type Page } from '@playwright/test';
import { closePages, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { WallPage } from '@/e2e/support/wall-page';
import { WALL_ENV } from '@/e2e/support/wall-test';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane, TestPlanes } from '@/testing/control-plane/test-planes';
import { Nginx } from '@/testing/server/nginx';

/** Slower than other tests, because polls have to be more frequent than data become old. */
const env = { ...WALL_ENV, PLANEBOARD_TEST_PACE: '3' };

const COMPRESSING = ['gzip on', 'gzip_proxied any', 'gzip_min_length 1', 'gzip_types text/event-stream'];
const BUFFERING = [
  'proxy_ignore_headers X-Accel-Buffering',
  'proxy_buffering on',
  'proxy_buffer_size 1m',
  'proxy_buffers 8 1m',
  'proxy_busy_buffers_size 2m',
];

const PLANE: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'steady',
  displayName: 'Steady',
  planeID: 'steady',
};

const HELD_BACK = 'A proxy between this browser and Planeboard holds back the live stream.';
const NO_EVENTS = /The API server has no events about this plane/;
const HELD_BACK_ON_WALL = /A proxy holds back the live stream, so this wall polls every 5 s/;

let nginx: Nginx | null = null;
test.describe.configure({ mode: 'parallel', timeout: 120_000 });
test.beforeEach(async ({ planes }) => {
  await planes.add({ ...PLANE, status: connectedStatus() });
});
test.afterEach(async ({ context }) => {
  // An open page would log that nginx is gone.
  await closePages(context);
  await nginx?.stop();
  nginx = null;
});

async function rename(planes: TestPlanes, name: string): Promise<void> {
  await planes.patch(PLANE, { metadata: { annotations: { 'openchoreo.dev/display-name': name } } });
}

/** Opens the fleet in the page and a wall in another one. */
async function openBoth(page: Page, url: string): Promise<WallPage> {
  const wall = new WallPage(await page.context().newPage());
  await Promise.all([page.goto(url), wall.page.goto(`${url}/wall?role=data`)]);
  return wall;
}

for (const [what, directives] of [
  ['with its defaults', []],
  ['that compresses', COMPRESSING],
] as const)
  test(`page, events and wall are live behind nginx ${what}`, async ({ page, planes, startServer }) => {
    const server = await startServer({ env });
    nginx = await Nginx.start(server.url, directives);
    const wall = await openBoth(page, nginx.url);
    await expect(page.getByText(LIVE)).toBeVisible();
    await wall.live();
    await rename(planes, 'Steadier');
    await expect(page.getByRole('row', { name: /Steadier.* Healthy/ })).toBeVisible();
    await page.getByRole('link', { name: 'Steadier' }).click();
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect(page.getByText(NO_EVENTS)).toBeVisible();
    await expect(page.getByText(HELD_BACK)).toHaveCount(0);
    await expect(wall.page.getByText(HELD_BACK_ON_WALL)).toHaveCount(0);
  });

test('page and wall stay true behind a proxy that buffers, name it, and go live when it no longer does', async ({
  page,
  planes,
  startServer,
}) => {
  const server = await startServer({ env });
  nginx = await Nginx.start(server.url, BUFFERING);
  // A plane's events have a stream of their own.
  const events = await page.context().newPage();
  const [wall] = await Promise.all([
    openBoth(page, nginx.url),
    events.goto(`${nginx.url}/planes/dataplanes/acme/steady?tab=events`),
  ]);

  await expect(page.getByText(HELD_BACK)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^Polling\s*·/)).toBeVisible();
  await expect(wall.statement.getByText(HELD_BACK_ON_WALL)).toBeVisible({ timeout: 30_000 });
  await wall.live();
  await rename(planes, 'Steadier');
  await expect(page.getByRole('row', { name: /Steadier.* Healthy/ })).toBeVisible({ timeout: 6000 });
  await planes.setStatus(PLANE, {
    ...connectedStatus(),
    agentConnection: { connected: false, connectedAgents: 0 },
  });
  await expect(page.getByRole('row', { name: /Steadier.* Disconnected/ })).toBeVisible({ timeout: 6000 });
  await expect(wall.tile('Steadier')).toBeVisible({ timeout: 6000 });
  await expect(wall.page.getByText(HELD_BACK_ON_WALL)).toBeVisible();
  await expect(events.getByText(NO_EVENTS)).toBeVisible({ timeout: 30_000 });
  await events.close();
  // A later tab gets the worker's state and says the same.
  const tab = await page.context().newPage();
  await tab.goto(nginx.url);
  await expect(tab.getByText(HELD_BACK)).toBeVisible();
  await tab.close();

  await nginx.configure([]);
  await expect(page.getByText(LIVE)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(HELD_BACK)).toBeHidden();
  await expect(wall.page.getByText(HELD_BACK_ON_WALL)).toBeHidden({ timeout: 60_000 });
  await wall.live();
});

test('every stream tells proxies not to buffer or change it', async ({ startServer, page }) => {
  const server = await startServer({ env });
  const answers: APIResponse[] = [];
  for (const path of ['/api/planes/stream', '/api/planes/dataplanes/acme/steady/events', '/wall/stream'])
    answers.push(
      await page.request.get(`${server.url}${path}?once=true`, { headers: { 'accept-encoding': 'gzip' } }),
    );
  for (const answer of answers) {
    expect(answer.headers()).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'content-encoding': 'gzip',
    });
    expect(await answer.text()).toMatch(/^retry: 1000\n\nevent: /);
  }
});
