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

test('Where walls are open the address is all that a screen needs', async ({
  page,
  startServer,
  context,
}) => {
  const server = await startServer({ env: { PLANEBOARD_WALL: 'open' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?namespace=globex');
  await expect(setup.address).toHaveValue(`${server.url}/wall?namespace=globex`);
  await expect(setup.createButton).toHaveCount(0);
  await expect(setup.card('Links')).toHaveCount(0);
  await setup.choice('States', 'Degraded').check();
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open the wall' }).click();
  const wall = await opening;
  await expect(wall).toHaveURL(`${server.url}/wall?namespace=globex&health=degraded`);
  await expect(wall.locator('[data-wall-name]')).toHaveText(['Küche Zürich']);
});

test('Where the wall is off the page says so, and how it is turned on', async ({ page, startServer }) => {
  const server = await startServer({ env: { PLANEBOARD_WALL: 'off' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open();
  await expect(page.getByText('The status wall is off here (PLANEBOARD_WALL=off).')).toBeVisible();
  for (const control of [setup.createButton, setup.address, setup.card('Links')])
    await expect(control).toHaveCount(0);
  await expect(setup.previewCaption).toHaveText(/^10 planes/);
});

test('A read-only dashboard lists the links, makes and revokes none, and tells the address all the same', async ({
  page,
  startServer,
}) => {
  const writing = new WallSetupPage(page);
  await writing.open('?role=data');
  await writing.createLink('Lobby');
  const server = await startServer({ env: { PLANEBOARD_READONLY: 'true' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?role=data&theme=dark');
  await expect(page.getByText('This dashboard is read-only.')).toBeVisible();
  await expect(setup.links).toHaveText([/Lobby.*Planes of the role data/s]);
  await expect(setup.createButton).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  await expect(setup.address).toHaveValue(`${server.url}/wall?role=data&theme=dark`);
});

test('Links begin with the address that PLANEBOARD_URL says, and a link for this machine alone says so', async ({
  page,
  startServer,
}) => {
  const caution = page.getByText('This address works on this machine alone.');
  const local = new WallSetupPage(page);
  await local.open();
  await local.createLink('Here');
  await expect(caution).toBeVisible();
  const server = await startServer({ env: { PLANEBOARD_URL: 'https://planeboard.example.com' } });
  // A write must come from the origin that is configured, so here only the address is looked at.
  const setup = new WallSetupPage(page, server.url);
  await setup.open('?health=stale');
  await expect(setup.address).toHaveValue('https://planeboard.example.com/wall?health=stale');
  await expect(caution).toHaveCount(0);
});

test('Who may not change links sees them, and is told which right is missing', async ({
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
  await expect(page.getByText('You may not make or revoke links.')).toBeVisible();
  await expect(
    page.getByText(
      `Your account lacks the right to patch configmaps (planeboard-wall) in the namespace ${CONTROL_PLANE}.`,
    ),
  ).toBeVisible();
  await expect(setup.links).toHaveText([/Lobby/]);
  await expect(setup.createButton).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(0);
  await expect(setup.address).toBeVisible();
});

test('Who may not even read links is told that right', async ({
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
  await expect(setup.card('Links')).toContainText(
    `Your account lacks the right to get configmaps (planeboard-wall) in the namespace ${CONTROL_PLANE}.`,
  );
  await expect(setup.createButton).toHaveCount(0);
  await expect(setup.address).toBeVisible();
});
