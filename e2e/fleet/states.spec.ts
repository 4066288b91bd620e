import { applyCrd } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** The server reads the catalog again within a minute. */
const CATALOG_REREAD = { timeout: 75_000 };

test('an installation without planes shows an empty state until the first plane appears', async ({
  page,
  planes,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'No planes yet' })).toBeVisible();
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'first',
    planeID: 'first',
    displayName: 'The first',
    status: connectedStatus(),
  });
  await expect(page.getByRole('link', { name: 'The first' })).toBeVisible();
});

test("a page without scripts shows the server-rendered planes and doesn't claim to be live", async ({
  browser,
  planes,
  server,
}) => {
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'rendered',
    planeID: 'rendered',
    displayName: 'Rendered',
    status: connectedStatus(),
  });
  await expect(async () => {
    expect(await (await fetch(`${server.url}/api/planes`)).text()).toContain('"rendered"');
  }).toPass();
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    await expect(page.getByRole('link', { name: 'Rendered' })).toBeVisible();
    await expect(page.getByText(/^Connecting\s*·/)).toBeVisible();
    await expect(page.getByText(LIVE)).toHaveCount(0);
  } finally {
    await context.close();
  }
});

test('the header and the title name the installation', async ({ page, startServer }) => {
  const server = await startServer({ env: { PLANEBOARD_INSTALLATION: 'Aurora production' } });
  await page.goto(server.url);
  await expect(page).toHaveTitle(/(^| · )Aurora production · Planeboard$/);
  await expect(page.getByRole('banner')).toContainText('Aurora production');
  await page.goto('/');
  await expect(page).toHaveTitle(/(^| · )planeboard-demo · Planeboard$/);
});

test('a cluster without OpenChoreo shows how to install it, then shows planes once their kinds exist', async ({
  page,
  startServer,
}) => {
  test.setTimeout(180_000);
  const bare = await ownControlPlane(null);
  const { client } = bare.controlPlane;
  try {
    const server = await startServer({ kubeconfigPath: bare.controlPlane.kubeconfigPath });
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: "OpenChoreo isn't installed" })).toBeVisible();
    await expect(page.getByText(/helm upgrade --install openchoreo-control-plane/)).toBeVisible();
    await expect(page.getByRole('link', { name: 'OpenChoreo installation guide' })).toBeVisible();
    for (const crd of crdsOf('1.2')) await applyCrd(client, crd);
    await expect(page.getByRole('heading', { name: 'No planes yet' })).toBeVisible(CATALOG_REREAD);
    await expect.poll(() => canCreatePlane(client), { timeout: 30_000 }).toBe(true);
    await expect(page.getByRole('link', { name: 'early' })).toBeVisible();
  } finally {
    await bare.stop();
  }
});

/** Creates a plane. Returns false while the API server doesn't serve the kind yet, shortly after its CRD exists. */
async function canCreatePlane(client: {
  post(path: string, body: unknown): Promise<unknown>;
}): Promise<boolean> {
  const spec = { planeID: 'early', clusterAgent: { clientCA: { value: 'no PEM' } } };
  return client
    .post('/apis/openchoreo.dev/v1alpha1/clusterdataplanes', {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'ClusterDataPlane',
      metadata: { name: 'early' },
      spec,
    })
    .then(
      () => true,
      () => false,
    );
}

test('a user without permissions sees which permissions are missing, and no plane', async ({
  page,
  startServer,
  controlPlane,
  planes,
}) => {
  await planes.add({ kind: 'DataPlane', namespace: 'acme', name: 'hidden', displayName: 'Hidden from you' });
  const nobody = await controlPlane.addUser({ name: 'nobody' });
  const server = await startServer({ kubeconfigPath: nobody.kubeconfigPath });
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: "You can't list planes" })).toBeVisible();
  await expect(page.getByText('dataplanes.openchoreo.dev in all namespaces', { exact: true })).toBeVisible();
  await expect(page.getByText('PLANEBOARD_NAMESPACES')).toBeVisible();
  await expect(page.getByText('Hidden from you')).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText('nobody');
  await page.goto(`${server.url}/planes/dataplanes/acme/hidden`);
  await expect(page.getByRole('heading', { name: "You can't see this plane" })).toBeVisible();
  expect(await page.content()).not.toContain('Hidden from you');
});

test("a user who may see one kind sees its planes and which kinds aren't visible", async ({
  page,
  startServer,
  controlPlane,
  planes,
}) => {
  await planes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'hidden', displayName: 'Hidden from you' },
    {
      kind: 'ClusterDataPlane',
      name: 'open',
      planeID: 'open',
      displayName: 'Open to you',
      status: connectedStatus(),
    },
  );
  const role = 'sees-cluster-data-planes';
  await controlPlane.client.post(`${RBAC}/clusterroles`, {
    metadata: { name: role },
    rules: [
      { apiGroups: ['openchoreo.dev'], resources: ['clusterdataplanes'], verbs: ['get', 'list', 'watch'] },
    ],
  });
  await controlPlane.client.post(`${RBAC}/clusterrolebindings`, {
    metadata: { name: role },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'partial' }],
  });
  try {
    const partial = await controlPlane.addUser({ name: 'partial' });
    const server = await startServer({ kubeconfigPath: partial.kubeconfigPath });
    await page.goto(server.url);
    await expect(page.getByRole('link', { name: 'Open to you' })).toBeVisible();
    await expect(page.getByText(LIVE)).toBeVisible();
    await expect(page.getByText("Some planes aren't visible to Planeboard.")).toBeVisible();
    await expect(
      page.getByText(/grant its account permission to list and watch .*\bdataplanes\.openchoreo\.dev/),
    ).toBeVisible();
    expect(await page.content()).not.toContain('Hidden from you');
    await planes.remove({ kind: 'ClusterDataPlane', name: 'open' });
    await expect(page.getByRole('heading', { name: 'No visible planes' })).toBeVisible();
  } finally {
    await controlPlane.client.delete(`${RBAC}/clusterrolebindings/${role}`);
    await controlPlane.client.delete(`${RBAC}/clusterroles/${role}`);
  }
});

test('the page reports expired credentials', async ({ page, startServer, controlPlane }) => {
  const expired = await controlPlane.addUser({ name: 'expired', days: -1 });
  const server = await startServer({ kubeconfigPath: expired.kubeconfigPath });
  await page.goto(server.url);
  await expect(
    page.getByRole('heading', { name: "The API server rejected Planeboard's credentials" }),
  ).toBeVisible();
});
