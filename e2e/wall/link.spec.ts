import { newWallLink } from '@/e2e/support/wall-page';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const SHOWN: readonly TestPlane[] = [
  { kind: 'DataPlane', namespace: 'acme', name: 'orders', status: lostStatus() },
  { kind: 'WorkflowPlane', namespace: 'acme', name: 'builder', status: lostStatus() },
  { kind: 'DataPlane', namespace: 'globex', name: 'kitchen', status: connectedStatus() },
];

/** The browser logs each rejected request. */
test.use({ expectedErrors: [/Failed to load resource: .*40[13]/] });

test('a wall shows nothing but the reason within 10 s after its link is revoked', async ({
  page,
  wall,
  controlPlane,
  planes,
  startServer,
}) => {
  await planes.add(...SHOWN);
  const name = 'openchoreo-control-plane';
  if (!(await controlPlane.client.find(`/api/v1/namespaces/${name}`)))
    await controlPlane.client.post('/api/v1/namespaces', { metadata: { name } });
  const server = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  const replica = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  const link = await newWallLink(server.url, { title: 'Hall of acme', limits: { namespaces: ['acme'] } });
  await wall.enter(replica.url, link, 'title=&seconds=20');
  expect(page.url(), 'The address contains no token.').toBe(`${replica.url}/wall?title=&seconds=20`);
  await expect(wall.title).toHaveText('Hall of acme');
  await expect(wall.tiles).toHaveCount(2);
  await expect(wall.scope).toHaveText('Only planes in namespace acme ');
  const [cookie] = await page.context().cookies(`${replica.url}/wall`);
  expect(cookie).toMatchObject({ path: '/wall', httpOnly: true, sameSite: 'Lax' });

  const revokedAtMs = performance.now();
  const answer = await fetch(`${server.url}/api/wall-tokens/${link.id}`, {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(204);
  await expect(wall.statement).toContainText("This wall's link was revoked", { timeout: 12_000 });
  expect(performance.now() - revokedAtMs).toBeLessThan(10_000);
  await expect(wall.tiles).toHaveCount(0);
  expect(await page.content()).not.toContain('orders');
  await page.clock.install();
  await page.reload();
  await expect(wall.statement).toContainText("This wall's link was revoked");
  // At the tests' pace, a screen without frames is blind after 6 s.
  await page.clock.runFor(7000);
  await expect(wall.statement).toContainText("This wall's link was revoked");
  await expect(wall.blind).toHaveCount(0);
});

test('a wall shows nothing but the reason within 10 s after its link has ended', async ({
  page,
  wall,
  controlPlane,
  planes,
  startServer,
}) => {
  await planes.add(...SHOWN);
  await ensureNamespace(controlPlane.client, 'openchoreo-control-plane');
  const server = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  const link = await newWallLink(server.url, { title: 'Hall of acme' });
  await wall.enter(server.url, link);
  await expect(wall.title).toHaveText('Hall of acme');
  const configMap = '/api/v1/namespaces/openchoreo-control-plane/configmaps/planeboard-wall';
  const { data } = await controlPlane.client.get<{ data: Record<string, string> }>(configMap);
  // This server has no key, so a test can let half a year pass.
  const ended = { ...JSON.parse(data[link.id] ?? ''), endsAt: new Date(Date.now() - 60_000).toISOString() };
  await controlPlane.client.patch(configMap, { data: { [link.id]: JSON.stringify(ended) } });
  await expect(wall.statement).toContainText("This wall's link has ended", { timeout: 10_000 });
  await expect(wall.tiles).toHaveCount(0);
  expect(await page.content()).not.toContain('orders');
  await page.goto(`${server.url}/wall-setup`);
  await expect(page.getByText(/^Ended 1 min ago\. Screens with this link show no planes/)).toBeVisible();
});

test("a page of another site can't replace a screen's link without its button", async ({
  page,
  wall,
  controlPlane,
  planes,
  startServer,
}) => {
  await planes.add(...SHOWN);
  const name = 'openchoreo-control-plane';
  if (!(await controlPlane.client.find(`/api/v1/namespaces/${name}`)))
    await controlPlane.client.post('/api/v1/namespaces', { metadata: { name } });
  const server = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  await wall.enter(server.url, await newWallLink(server.url, { title: 'Hall' }));
  await expect(wall.title).toHaveText('Hall');

  const other = await newWallLink(server.url, { title: 'Yard', limits: { namespaces: ['globex'] } });
  const foreign = `<a href="${server.url}/wall/enter?token=${other.token}&theme=light">A wall</a>`;
  await page.goto('about:blank');
  await page.setContent(foreign);
  await page.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Show this wall on this screen?' })).toBeVisible();
  await expect(page, 'The address contains no token.').toHaveURL(`${server.url}/wall/enter`);
  const style = (scheme: 'light' | 'dark') =>
    page
      .emulateMedia({ colorScheme: scheme })
      .then(() => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor));
  expect(await style('light')).not.toBe(await style('dark'));
  await page.goto(`${server.url}/wall`);
  await expect(wall.title, 'The screen still has its own link.').toHaveText('Hall');

  await page.goto('about:blank');
  await page.setContent(foreign);
  await page.getByRole('link').click();
  await page.getByRole('button', { name: 'Show wall' }).click();
  await expect(wall.title).toHaveText('Yard');
  await expect(page).toHaveURL(`${server.url}/wall?theme=light`);
});
