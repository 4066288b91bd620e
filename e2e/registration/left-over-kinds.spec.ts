import { installCrds } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { FleetPage } from '@/e2e/support/fleet-page';
import { test as base, expect } from '@/e2e/support/registration-test';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { startInstallation } from '@/testing/installation/installation';

const BUILD_PLANES = `/apis/${PLANE_API_VERSION}/namespaces/default/buildplanes`;

const test = base.extend({
  /** An API server that was upgraded and still serves build planes. */
  installation: async ({ release }, use) => {
    const bare = await ownControlPlane(release);
    const leftOver = crdsOf('0.16').filter(({ spec }) => spec.names.kind === 'BuildPlane');
    await installCrds(bare.controlPlane.client, [...crdsOf(release), ...leftOver]);
    const installation = await startInstallation(bare, release);
    await use(installation);
    await installation.stop();
  },
  baseURL: async ({ installation }, use) => {
    await use(installation.server.url);
  },
});

test('a kind without a controller is named in the list at once, and the wizard does not offer it', async ({
  installation,
  wizard,
  page,
}) => {
  test.setTimeout(120_000);
  const { client } = installation.controlPlane;
  await client.post(BUILD_PLANES, {
    apiVersion: PLANE_API_VERSION,
    kind: 'BuildPlane',
    metadata: { name: 'ci' },
    spec: { planeID: 'ci', clusterAgent: { clientCA: { value: 'no PEM' } } },
  });
  await client.patch(`${BUILD_PLANES}/ci/status`, { status: connectedStatus({}) });
  await page.goto('/');
  await new FleetPage(page).live();
  const row = page.locator('tbody tr').filter({ hasText: 'ci' });
  await expect(row).toContainText('Degraded');
  await expect(row).toContainText('No controller of this release reconciles BuildPlanes');

  await wizard.open();
  const card = page.getByRole('radio', { name: 'Build plane', exact: true });
  await expect(card).toHaveAttribute('aria-disabled', 'true');
  await expect(card).toHaveAccessibleDescription(/Register a workflow plane instead/);
  await expect(page.getByRole('radio', { name: 'Workflow plane', exact: true })).not.toHaveAttribute(
    'aria-disabled',
  );
});
