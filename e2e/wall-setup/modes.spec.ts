import { expect, test } from '@/e2e/support/fixtures';
import { WallSetupPage, withoutLinks } from '@/e2e/support/wall-setup-page';
import { grant } from '@/testing/control-plane/kube-objects';
import { smallCompany } from '@/testing/control-plane/small-company';

const CONTROL_PLANE = 'openchoreo-control-plane';
const READ_PLANES = { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] };

test.beforeEach(async ({ planes }) => {
  await withoutLinks(planes.client);
  await planes.add(...smallCompany());
});

test('with open walls, a screen needs only the address', async ({ page, startServer, context }) => {
  const server = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?namespace=globex');
  await expect(setup.address).toHaveValue(`${server.url}/wall?namespace=globex`);
  await expect(setup.createButton).toHaveCount(0);
  await expect(setup.card('Wall links')).toHaveCount(0);
  await setup.choice('States', 'Degraded').check();
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open wall' }).click();
  const wall = await opening;
  await expect(wall).toHaveURL(`${server.url}/wall?namespace=globex&health=degraded`);
  await expect(wall.locator('[data-wall-name]')).toHaveText(['Küche Zürich']);
});

test('the page reports that the wall is off, and the setting behind it', async ({ page, startServer }) => {
  const server = await startServer({ env: { PLANEBOARD_WALL: 'off' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open();
  await expect(page.getByText('Walls are off (PLANEBOARD_WALL=off).')).toBeVisible();
  for (const control of [setup.createButton, setup.address, setup.card('Wall links')])
    await expect(control).toHaveCount(0);
  await expect(setup.previewCaption).toHaveText(/^10 planes/);
});

test('a read-only dashboard lists links and shows the address, but offers no way to create or revoke a link', async ({
  page,
  startServer,
}) => {
  const writing = new WallSetupPage(page);
  await writing.open('?role=data');
  await writing.createLink('Lobby');
  const server = await startServer({ env: { PLANEBOARD_READONLY: 'true' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?role=data&theme=dark');
  await expect(page.getByText('Planeboard is read-only.')).toBeVisible();
  await expect(setup.links).toHaveText([/Lobby.*Planes with role data/s]);
  await expect(setup.createButton).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  await expect(setup.address).toHaveValue(`${server.url}/wall?role=data&theme=dark`);
});

test('links start with PLANEBOARD_URL, and a link that only works on this machine has a warning', async ({
  page,
  startServer,
}) => {
  const caution = page.getByText('This address works only on this machine.');
  const local = new WallSetupPage(page);
  await local.open();
  await local.createLink('Here');
  await expect(caution).toBeVisible();
  const server = await startServer({ env: { PLANEBOARD_URL: 'https://planeboard.example.com' } });
  // Writes are only accepted from the configured origin, so only the address is checked here.
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?health=stale');
  await expect(setup.address).toHaveValue('https://planeboard.example.com/wall?health=stale');
  await expect(caution).toHaveCount(0);
});

test("a user who can't change links sees them, and which right is missing", async ({
  page,
  planes,
  controlPlane,
  startServer,
}) => {
  const admin = new WallSetupPage(page);
  await admin.open();
  await admin.createLink('Lobby');
  const name = 'wall-reader';
  const { kubeconfigPath } = await controlPlane.addUser({ name });
  await grant(planes.client, name, [READ_PLANES]);
  await grant(
    planes.client,
    name,
    [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
    CONTROL_PLANE,
  );
  const server = await startServer({ kubeconfigPath });
  const setup = new WallSetupPage(page, server.url);
  await setup.open();
  await expect(page.getByText("You can't create or revoke wall links.")).toBeVisible();
  await expect(
    page.getByText(
      `Ask an administrator for permission to patch configmaps (planeboard-wall) in the namespace ${CONTROL_PLANE}.`,
    ),
  ).toBeVisible();
  await expect(setup.links).toHaveText([/Lobby/]);
  await expect(setup.createButton).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  await expect(setup.address).toBeVisible();
});

test("a user who can't read links sees which right is missing", async ({
  page,
  planes,
  controlPlane,
  startServer,
}) => {
  const name = 'wall-stranger';
  const { kubeconfigPath } = await controlPlane.addUser({ name });
  await grant(planes.client, name, [READ_PLANES]);
  const server = await startServer({ kubeconfigPath });
  const setup = new WallSetupPage(page, server.url);
  await setup.open();
  await expect(setup.card('Wall links')).toContainText(
    `Ask an administrator for permission to get configmaps (planeboard-wall) in the namespace ${CONTROL_PLANE}.`,
  );
  await expect(setup.createButton).toHaveCount(0);
  await expect(setup.address).toBeVisible();
});
