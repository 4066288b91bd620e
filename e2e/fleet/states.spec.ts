import { applyCrd } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { startBareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** The catalogue is read again within a minute. */
const NOTICED = { timeout: 75_000 };

test('OpenChoreo is installed and has no planes: the page says so, and the first one appears', async ({
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

test('A page whose scripts do not run shows what was so, and does not claim to follow it', async ({
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

test('The header names the installation and who reads', async ({ page, startServer }) => {
  const server = await startServer({ env: { PLANEBOARD_INSTALLATION: 'Aurora production' } });
  await page.goto(server.url);
  await expect(page).toHaveTitle(/(^| · )Aurora production · Planeboard$/);
  await expect(page.getByRole('banner')).toContainText('Aurora production');
  await page.goto('/');
  await expect(page).toHaveTitle(/(^| · )planeboard-demo · Planeboard$/);
});

test('Nothing installed: the page tells how to install, and shows planes as soon as their kinds are there', async ({
  page,
  startServer,
}) => {
  test.setTimeout(180_000);
  const bare = await startBareControlPlane();
  const { client } = bare.controlPlane;
  try {
    const crds = crdsOf('1.2');
    await Promise.all(crds.map((crd) => client.delete(`${CRDS}/${crd.metadata.name}`)));
    await expect
      .poll(async () => (await client.get<{ items: unknown[] }>(CRDS)).items.length, { timeout: 30_000 })
      .toBe(0);
    const server = await startServer({ kubeconfigPath: bare.controlPlane.kubeconfigPath });
    await page.goto(server.url);
    await expect(page.getByRole('heading', { name: 'OpenChoreo is not installed here' })).toBeVisible();
    await expect(page.getByText(/helm upgrade --install openchoreo-control-plane/)).toBeVisible();
    await expect(page.getByRole('link', { name: 'How to install OpenChoreo' })).toBeVisible();
    for (const crd of crds) await applyCrd(client, crd);
    await expect(page.getByRole('heading', { name: 'No planes yet' })).toBeVisible(NOTICED);
    await expect.poll(() => canCreatePlane(client), { timeout: 30_000 }).toBe(true);
    await expect(page.getByRole('link', { name: 'early' })).toBeVisible();
  } finally {
    await bare.stop();
  }
});

/** A kind takes a moment to be served after its definition is there. */
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

test('A user without rights is told which verbs on which kinds are missing, and sees no plane', async ({
  page,
  startServer,
  controlPlane,
  planes,
}) => {
  await planes.add({ kind: 'DataPlane', namespace: 'acme', name: 'hidden', displayName: 'Hidden from you' });
  const nobody = await controlPlane.addUser({ name: 'nobody' });
  const server = await startServer({ kubeconfigPath: nobody.kubeconfigPath });
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'You may not see the planes' })).toBeVisible();
  await expect(page.getByText('dataplanes.openchoreo.dev', { exact: true })).toBeVisible();
  await expect(page.getByText('Hidden from you')).toHaveCount(0);
  await expect(page.getByRole('banner')).toContainText('nobody');
  await page.goto(`${server.url}/planes/dataplanes/acme/hidden`);
  await expect(page.getByRole('heading', { name: 'You may not see this plane' })).toBeVisible();
  expect(await page.content()).not.toContain('Hidden from you');
});

test('A user who may see one kind sees it, and is told which ones are not visible', async ({
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
    await expect(page.getByText('Some kinds are not visible to you.')).toBeVisible();
    await expect(page.getByText(/it takes list and watch on .*\bdataplanes\.openchoreo\.dev/)).toBeVisible();
    expect(await page.content()).not.toContain('Hidden from you');
    await planes.remove({ kind: 'ClusterDataPlane', name: 'open' });
    await expect(page.getByRole('heading', { name: 'No planes that you may see' })).toBeVisible();
  } finally {
    await controlPlane.client.delete(`${RBAC}/clusterrolebindings/${role}`);
    await controlPlane.client.delete(`${RBAC}/clusterroles/${role}`);
  }
});

test('Credentials that have expired are told as that', async ({ page, startServer, controlPlane }) => {
  const expired = await controlPlane.addUser({ name: 'expired', days: -1 });
  const server = await startServer({ kubeconfigPath: expired.kubeconfigPath });
  await page.goto(server.url);
  await expect(
    page.getByRole('heading', { name: "The API server refuses Planeboard's credentials" }),
  ).toBeVisible();
});
