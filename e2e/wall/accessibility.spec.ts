import { expectAccessible } from '@/e2e/support/accessibility';
import { inMaintenance } from '@/e2e/support/wall-fleets';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';

const HEALTHY = { kind: 'DataPlane', namespace: 'acme', name: 'well', status: connectedStatus() } as const;
const LOST = { kind: 'WorkflowPlane', namespace: 'acme', name: 'lost', status: lostStatus() } as const;
const IN_MAINTENANCE = inMaintenance(
  { kind: 'ObservabilityPlane', namespace: 'acme', name: 'worked-on', status: lostStatus() },
  60,
  'New switches',
);

// A screen that isn't admitted keeps retrying, and the browser logs each 401.
test.use({ expectedErrors: [/Failed to load resource: .*401/] });

test('axe finds nothing on a wall that is unhealthy, healthy or not admitted', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  await planes.add(HEALTHY, LOST, IN_MAINTENANCE);
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url);
  await expect(wall.tiles).toHaveCount(2);
  await expectAccessible(page, 'A wall with an unhealthy plane and one in maintenance');
  await wall.open(server.url, '?kind=DataPlane');
  await expect(wall.statement).toContainText('The plane shown is healthy');
  await expectAccessible(page, 'A healthy wall');
  const closed = await startServer({});
  await page.goto(`${closed.url}/wall`);
  await expect(wall.statement).toContainText('This screen has no wall link');
  await expectAccessible(page, 'A screen that is not admitted');
});
