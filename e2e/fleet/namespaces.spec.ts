import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { grant } from '@/testing/control-plane/kube-objects';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';

const READ = [{ apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] }];

test('a server with rights in two namespaces shows their planes, and names what it cannot see', async ({
  page,
  planes,
  controlPlane,
  startServer,
}) => {
  const status = connectedStatus();
  await planes.add(
    {
      kind: 'DataPlane',
      namespace: 'first',
      name: 'one',
      planeID: 'one',
      displayName: 'In the first',
      status,
    },
    {
      kind: 'DataPlane',
      namespace: 'second',
      name: 'two',
      planeID: 'two',
      displayName: 'In the second',
      status,
    },
    {
      kind: 'DataPlane',
      namespace: 'third',
      name: 'three',
      planeID: 'three',
      displayName: 'In the third',
      status,
    },
    { kind: 'ClusterDataPlane', name: 'wide', planeID: 'wide', displayName: 'Of the cluster', status },
  );
  const { client } = controlPlane;
  for (const namespace of ['first', 'second']) await grant(client, 'namespaced', READ, namespace);
  const { kubeconfigPath } = await controlPlane.addUser({ name: 'namespaced' });
  const server = await startServer({ kubeconfigPath, env: { PLANEBOARD_NAMESPACES: 'first,second' } });

  await page.goto(server.url);
  await expect(page.getByRole('link', { name: 'In the first' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'In the second' })).toBeVisible();
  await expect(page.getByText(LIVE)).toBeVisible();
  await expect(page.getByText("Some planes aren't visible to Planeboard.")).toBeVisible();
  await expect(
    page.getByText(/permission to list and watch clusterdataplanes\.openchoreo\.dev/),
  ).toBeVisible();
  expect(await page.content()).not.toMatch(/In the third|Of the cluster/);

  await planes.remove({ kind: 'DataPlane', namespace: 'second', name: 'two' });
  await expect(page.getByRole('link', { name: 'In the second' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'In the first' })).toBeVisible();

  await page.goto(`${server.url}/planes/dataplanes/third/three`);
  await expect(page.getByRole('heading', { name: "Planeboard doesn't show this namespace" })).toBeVisible();

  await page.goto(`${server.url}/planes/dataplanes/first/one`);
  await expect(page.getByRole('heading', { name: 'In the first' })).toBeVisible();
  await planes.remove({ kind: 'DataPlane', namespace: 'first', name: 'one' });
  await expect(page.getByText(/deleted/i).first()).toBeVisible();
});
