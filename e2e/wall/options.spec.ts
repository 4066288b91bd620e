import { fleetOf } from '@/e2e/support/wall-fleets';
import { surveyWall } from '@/e2e/support/wall-survey';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

/** Lost at different times: planes that are lost together are an incident. */
const SHOWN: readonly TestPlane[] = [
  {
    kind: 'DataPlane',
    namespace: 'acme',
    name: 'orders',
    labels: { team: 'shop' },
    status: lostStatus(5 * HOUR_MS),
  },
  {
    kind: 'WorkflowPlane',
    namespace: 'acme',
    name: 'builder',
    labels: { team: 'tools' },
    status: lostStatus(6 * HOUR_MS),
  },
  { kind: 'DataPlane', namespace: 'globex', name: 'kitchen', status: lostStatus(7 * HOUR_MS) },
  { kind: 'ClusterDataPlane', name: 'ground', planeID: 'ground', status: connectedStatus() },
];

test("a wall's address sets its filters, title and theme", async ({ page, wall, planes, startServer }) => {
  await planes.add(...SHOWN);
  const server = await startServer({ env: WALL_ENV });
  const names = async (query: string) => {
    await wall.open(server.url, query);
    await expect(wall.statement.or(wall.tiles.first())).toBeVisible();
    return (await surveyWall(page)).tiles.map(({ name }) => name).sort();
  };
  expect(await names('')).toEqual(['builder', 'kitchen', 'orders']);
  expect(await names('?role=data')).toEqual(['kitchen', 'orders']);
  expect(await names('?kind=WorkflowPlane')).toEqual(['builder']);
  expect(await names('?namespace=acme')).toEqual(['builder', 'orders']);
  expect(await names('?namespace=globex&role=workflow')).toEqual([]);
  await expect(wall.statement).toContainText('No planes to show');
  expect(await names('?label=team=shop')).toEqual(['orders']);
  await expect(page.getByText('Only planes with label team=shop')).toBeVisible();
  expect(await names('?label=team')).toEqual(['builder', 'orders']);
  expect(await names('?health=stale')).toEqual([]);
  await expect(wall.statement).toContainText('No plane is stale');
  expect(await names('?kind=ClusterDataPlane')).toEqual([]);
  await expect(wall.statement).toContainText('The plane shown is healthy');

  await wall.open(server.url, '?title=Platform%20hall&theme=dark');
  await expect(wall.title).toHaveText('Platform hall');
  const lightness = () =>
    wall.title.evaluate((title) => {
      const context = document.createElement('canvas').getContext('2d');
      const root = title.closest('main')?.parentElement;
      if (!context || !root) throw new Error('There is no wall.');
      context.fillStyle = getComputedStyle(root).backgroundColor;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
      return (red + green + blue) / 3 / 255;
    });
  expect(await lightness()).toBeLessThan(0.3);
  await wall.open(server.url, '?theme=light');
  expect(await lightness()).toBeGreaterThan(0.9);
  await wall.open(server.url, '?theme=auto:0-24');
  expect(await lightness()).toBeGreaterThan(0.9);
  await wall.open(server.url, '?theme=auto:0-0');
  expect(await lightness()).toBeLessThan(0.3);
  // A wall ignores invalid options instead of showing nothing.
  await wall.open(server.url, '?theme=pink&seconds=never&group=colour&title=');
  await expect(wall.title).toHaveText('Acme Frankfurt');
  await expect(wall.tiles).toHaveCount(3);
});

test('a wall of one state says so, and that it leaves out planes that need action', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  await planes.add(...SHOWN);
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url, '?health=healthy');
  await expect(wall.statement).toContainText('1 plane healthy');
  await expect(wall.statement).toHaveAttribute('data-wall-statement', 'neutral');
  await expect(wall.scope).toContainText('Only planes that are healthy');
  await expect(wall.scope).toContainText('3 planes outside this wall need attention');
  await expect(page).toHaveTitle(/^3 not shown/);

  await wall.open(server.url, '?namespace=acme&health=disconnected');
  await expect(wall.tiles).toHaveCount(2);
  await expect(wall.scope).toContainText('Only planes in namespace acme that are disconnected');
  await expect(wall.scope).toContainText('1 plane outside this wall needs attention');

  await wall.open(server.url);
  await expect(wall.tiles).toHaveCount(3);
  await expect(wall.scope).toHaveCount(0);
});

test("a wall's address sets its grouping, and how fast its pages turn", async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  await planes.addMany(fleetOf('turning', 60, 60));
  const server = await startServer({ env: WALL_ENV });
  await page.setViewportSize({ width: 1280, height: 720 });
  const headings = page.getByRole('heading', { level: 2 });
  for (const [group, heading] of [
    ['role', /^(Data|Workflow|Observability)/],
    ['namespace', /^turning$/],
    ['label:team', /^(payments|checkout|search|ml|identity|ledger|catalogue)$/],
  ] as const) {
    await wall.open(server.url, `?group=${group}`);
    await expect(headings.first()).toHaveText(heading);
  }
  await wall.open(server.url, '?seconds=5');
  const pager = page.getByText(/^Page \d+ of \d+$/);
  await expect(pager).toHaveText(/^Page 1 of/);
  const shown = async () => (await surveyWall(page)).tiles.map(({ name }) => name);
  const first = await shown();
  await expect(pager).toHaveText(/^Page 2 of/, { timeout: 8000 });
  const second = await shown();
  const pinned = first.filter((name) => second.includes(name));
  expect(pinned.length, 'The worst planes stay.').toBeGreaterThan(0);
  expect(second.filter((name) => !first.includes(name)).length, 'The others change.').toBeGreaterThan(3);
});
