import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { PlanePage } from '@/e2e/support/plane-page';
import { WallPage } from '@/e2e/support/wall-page';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { connectedPlane } from '@/testing/installation/simulated-planes';

const LONG_WAIT = { timeout: 45_000 };
const PLANE = connectedPlane('meshed');
const KEY = { planeType: 'dataplane', planeID: 'meshed' };

/** Returns the replica that holds the plane's agent. */
function holderOf({ demo }: SimulatedInstallation): number {
  const { registry, replicas } = demo.simulation.gateway;
  const [agent] = registry.of(KEY);
  if (!agent) throw new Error('The plane has no agent.');
  return replicas.holderOf(agent);
}

/** Returns the name of the animation of a tile's border, or `none`. */
function edgeOf(tile: Element): string {
  return getComputedStyle(tile, '::after').animationName;
}

test('a heartbeat that only another gateway replica knows is shown with its age, until it is late and then stale', async ({
  page,
  context,
  startInstallation,
}) => {
  test.setTimeout(180_000);
  const installation = await startInstallation({
    speed: 60,
    gateway: { replicas: 2, mesh: true },
    env: {
      PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '9',
      PLANEBOARD_HEARTBEAT_STALE_SECONDS: '14',
      PLANEBOARD_WALL: 'open',
    },
  });
  const { replicas } = installation.demo.simulation.gateway;
  replicas.answering = 0;
  await installation.add(PLANE);
  const holder = holderOf(installation);
  replicas.answering = holder;
  const { url } = installation.server;
  const planePage = new PlanePage(page, url);
  await planePage.open(PLANE);
  const why = planePage.card('Diagnosis');
  const agent = planePage.card('Agent connection');
  await expect(why.getByText('No known problems')).toBeVisible(LONG_WAIT);
  await expect(agent).not.toContainText('through another gateway replica');
  const list = await context.newPage();
  await list.goto(url);
  await expect(list.getByText(LIVE)).toBeVisible();
  const row = list.getByRole('row', { name: /meshed/ });
  const wall = new WallPage(await context.newPage());
  await wall.open(url);

  replicas.answering = 1 - holder;
  await expect(agent).toContainText(/\d s ago.* through another gateway replica/, LONG_WAIT);
  await expect(why).toContainText(/Last heartbeat \d+ s ago, through another gateway replica\./);
  await expect(page.getByText('Healthy', { exact: true }).first()).toBeVisible();
  const remembered = await planePage.finding('heartbeat-remembered');
  await expect(remembered).toContainText(/Heartbeat heard \d+ s ago through another gateway replica\./);

  await expect(why.locator('[data-finding="heartbeat-late"]')).toBeVisible(LONG_WAIT);
  await expect(row).toContainText('Degraded');
  await expect(why.locator('[data-finding="heartbeat-stale"]')).toBeVisible(LONG_WAIT);
  await expect(why.locator('[data-finding="heartbeat-stale"]')).toContainText(
    "gateway replicas that don't know this heartbeat",
  );
  await expect(row).toContainText('Stale');
  await expect(wall.tile('meshed')).toContainText('Stale');

  replicas.answering = holder;
  await expect(why.getByText('No known problems')).toBeVisible(LONG_WAIT);
  await expect(row).toContainText('Healthy');
  await expect(wall.statement).toContainText('The plane shown is healthy');
});

test('a connection that changes with the answering gateway replica is reported once, with its cause', async ({
  page,
  context,
  startInstallation,
}) => {
  test.setTimeout(180_000);
  const installation = await startInstallation({
    speed: 60,
    gateway: { replicas: 2, mesh: false },
    env: { PLANEBOARD_WALL: 'open' },
  });
  const { replicas } = installation.demo.simulation.gateway;
  replicas.answering = 0;
  await installation.add(PLANE);
  const holder = holderOf(installation);
  replicas.answering = holder;
  const { url } = installation.server;
  const planePage = new PlanePage(page, url);
  await planePage.open(PLANE);
  const why = planePage.card('Diagnosis');
  const agent = planePage.card('Agent connection');
  await expect(agent).toContainText('1 agent connected', LONG_WAIT);
  const replicasFinding = await planePage.finding('gateway-replicas');
  await expect(replicasFinding).toContainText('Deployment cluster-gateway is set to 2 replicas');

  const flip = async () => {
    replicas.answering = 1 - (replicas.answering ?? 0);
    await expect(agent).toContainText(
      replicas.answering === holder ? '1 agent connected' : 'No agents connected',
      LONG_WAIT,
    );
  };
  for (let change = 0; change < 3; change += 1) await flip();
  const flapping = why.locator('[data-finding="connection-flapping"]');
  await expect(flapping).toContainText("The gateway's replicas don't know each other's agents");
  const wall = new WallPage(await context.newPage());
  await wall.open(url);
  const tile = wall.tile('meshed');
  await expect(tile).toContainText('Degraded');
  const history = planePage.card('History').getByRole('listitem');
  await planePage.tab('History');
  await expect(history.first()).toContainText('The reported connection has kept changing since');
  const entries = await history.count();

  await planePage.tab('Overview');
  await wall.page.mouse.click(10, 10);
  await expect.poll(() => tile.evaluate(edgeOf)).toBe('none');
  for (let change = 0; change < 4; change += 1) {
    await flip();
    await expect(tile).toContainText('Degraded');
    expect(await tile.evaluate(edgeOf)).toBe('none');
  }
  await expect(flapping).toBeVisible();
  await planePage.tab('History');
  await expect(history).toHaveCount(entries);
});
