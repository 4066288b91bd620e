import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { onRelease } from '@/e2e/support/on-release';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REGISTRATION_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { DAY_MS } from '@/lib/plane/time/duration';
import { grant, readSecret } from '@/testing/control-plane/kube-objects';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import {
  connectedPlane,
  planeWithoutAgent,
  type SimulatedPlane,
} from '@/testing/installation/simulated-planes';

const NAMESPACE = 'going';
const LONG_WAIT = { timeout: 30_000 };

// A plane can be deleted by the time the page fetches its last change. The browser logs the 404.
test.use({ expectedErrors: [/Failed to load resource: .*404/] });

/** The page on which a plane is deleted. */
class DeletePage extends PlanePage {
  readonly confirm = this.page.getByRole('button', { name: 'Delete plane' });

  consequence(code: string) {
    return this.page.locator(`[data-consequence="${code}"]`);
  }

  nameInput(name: string) {
    return this.page.getByLabel(`Type ${name} to confirm`);
  }

  async delete(name: string): Promise<void> {
    await this.nameInput(name).fill(name);
    await this.confirm.click();
  }

  /** Resolves once the page reports that the plane is deleted. */
  async gone(): Promise<void> {
    await expect(this.card('Deleted')).toContainText('has been deleted.', LONG_WAIT);
  }
}

/** Adds a plane whose CA is in a Secret created by a registration, of this plane or of `secretOwner`. */
async function registeredPlane(
  installation: SimulatedInstallation,
  name: string,
  secretOwner = name,
): Promise<SimulatedPlane> {
  const { certPem } = await selfSignedAgent(name, { days: 90 });
  const plane = connectedPlane(name, {
    namespace: NAMESPACE,
    agents: 0,
    spec: {
      clusterAgent: { clientCA: { secretKeyRef: { name: `${secretOwner}-agent-ca`, key: 'ca.crt' } } },
    },
  });
  const { ca: _defaultCa, ...withSecret } = plane;
  await installation.add(withSecret);
  const path = `/api/v1/namespaces/${NAMESPACE}/secrets`;
  if (!(await installation.kube.find(`${path}/${secretOwner}-agent-ca`))) {
    await installation.kube.post(path, {
      metadata: {
        name: `${secretOwner}-agent-ca`,
        labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
        annotations: {
          [PLANE_ANNOTATION]: `dataplanes/${NAMESPACE}/${secretOwner}`,
          [REGISTRATION_ANNOTATION]: crypto.randomUUID(),
        },
      },
      stringData: { 'ca.crt': certPem },
    });
  }
  return withSecret;
}

test('deleting requires typing the exact name, and the page follows the deletion to its end', async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('leaving', { namespace: NAMESPACE, displayName: 'Leaving soon' });
  await installation.add(plane);
  await installation.add(connectedPlane('staying', { namespace: NAMESPACE }));
  const deleting = new DeletePage(page);
  await deleting.open(plane);
  await deleting.act('Delete plane');
  await expect(page.getByRole('heading', { level: 1, name: 'Delete Leaving soon' })).toBeFocused();
  await expect(deleting.consequence('drops-agents')).toContainText('Its agent will be disconnected.');
  await expect(deleting.consequence('may-hang')).toContainText('openchoreo.dev/dataplane-cleanup');
  await expect(deleting.confirm).toBeDisabled();
  await deleting.nameInput('leaving').fill('leavin');
  await expect(deleting.confirm).toBeDisabled();
  await deleting.nameInput('leaving').fill('Leaving');
  await expect(deleting.confirm).toBeDisabled();
  expect(await installation.find(plane)).toBeDefined();
  await deleting.delete('leaving');
  await deleting.gone();
  expect(await installation.find(plane)).toBeUndefined();
  await page.getByRole('link', { name: 'Back to the fleet' }).click();
  await expect(page.getByRole('link', { name: 'staying', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Leaving soon' })).toHaveCount(0);
});

test.describe('without an answer about related resources', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test("the page reports that the effects aren't known, and the plane can still be deleted", async ({
    installation,
    page,
  }) => {
    const plane = connectedPlane('unexplored', { namespace: NAMESPACE });
    await installation.add(plane);
    await loseAnswers(page, '**/related');
    const deleting = new DeletePage(page);
    await deleting.open(plane, '?delete=1');
    await expect(deleting.card('Effects of the deletion')).toContainText(
      "the effects of deleting this plane aren't known",
      LONG_WAIT,
    );
    await deleting.delete('unexplored');
    await deleting.gone();
    expect(await installation.find(plane)).toBeUndefined();
  });
});

test('Environments block the deletion; the page lists them with commands and continues once they are deleted', async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('held', { namespace: NAMESPACE, environments: ['development', 'production'] });
  await installation.add(plane);
  const deleting = new DeletePage(page);
  await deleting.open(plane, '?delete=1');
  const blocked = deleting.consequence('blocked');
  await expect(blocked).toContainText(
    'On this release, the deletion waits until the 2 Environments that use this plane are deleted.',
  );
  await expect(blocked).toContainText('held-development');
  await deleting.delete('held');
  const progress = deleting.card('Deletion blocked');
  await expect(progress).toContainText('still referenced by 2 environment(s)', LONG_WAIT);
  await expect(progress).toContainText(`delete environments.openchoreo.dev held-production -n ${NAMESPACE}`);
  const environments = `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/environments`;
  await installation.kube.delete(`${environments}/held-development`);
  await installation.kube.delete(`${environments}/held-production`);
  await deleting.gone();
  expect(await installation.find(plane)).toBeUndefined();
});

test("a user who can't list Environments sees that it isn't known which ones block the deletion", async ({
  installation,
  page,
  startServer,
}) => {
  const plane = connectedPlane('held-in-secret', { namespace: NAMESPACE, environments: ['hidden'] });
  await installation.add(plane);
  const user = await installation.demo.controlPlane.addUser({ name: 'sees-no-environments' });
  await grant(installation.kube, 'sees-no-environments', [
    { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get', 'list', 'watch', 'delete'] },
  ]);
  const server = await startServer({ kubeconfigPath: user.kubeconfigPath });
  const deleting = new DeletePage(page, server.url);
  await deleting.open(plane, '?delete=1');
  await deleting.delete('held-in-secret');
  await expect(deleting.card('Deletion blocked')).toContainText(
    "Environments couldn't be listed with your permissions",
    LONG_WAIT,
  );
  await installation.kube.delete(
    `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/environments/held-in-secret-hidden`,
  );
  await deleting.gone();
});

test('a deletion without a gateway and a controller hangs: the page warns before, shows the finalizer and forces nothing', async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('stuck', { namespace: NAMESPACE, frozen: true });
  await installation.add(plane);
  const deleting = new DeletePage(page);
  const { gateway } = installation.demo.simulation;
  await gateway.stop();
  try {
    await expect(async () => {
      await deleting.open(plane, '?delete=1');
      await expect(deleting.consequence('may-hang')).toContainText(
        'the gateway (Deployment cluster-gateway) is down. The plane will stay in Terminating',
        { timeout: 3_000 },
      );
    }).toPass(LONG_WAIT);
  } finally {
    await gateway.start();
  }
  await deleting.delete('stuck');
  await expect(deleting.card('Deleting')).toContainText(
    'Waiting for the finalizer openchoreo.dev/dataplane-cleanup.',
    LONG_WAIT,
  );
  await page.getByText("If the deletion doesn't finish").click();
  await expect(page.getByText('Planeboard never does this itself.')).toBeVisible();
  await expect(page.getByText(/patch dataplanes\.openchoreo\.dev stuck -n going --type=merge/)).toBeVisible();
  const { metadata } = await installation.read(plane);
  expect(metadata.finalizers).toEqual(['openchoreo.dev/dataplane-cleanup']);
  // The page of a terminating plane leads here too, without a second delete button.
  await page.reload();
  await expect(deleting.card('Deleting')).toBeVisible();
  await expect(deleting.confirm).toHaveCount(0);
  installation.demo.simulation.controllers.thawPlane(`dataplanes/${NAMESPACE}/stuck`);
  await deleting.gone();
});

test("keeps a registration's Secret by default and when another plane uses it, and deletes it when asked", async ({
  installation,
  page,
}) => {
  const withSecret = await registeredPlane(installation, 'with-secret');
  const withOwnSecret = await registeredPlane(installation, 'without-secret');
  const withSharedSecret = await registeredPlane(installation, 'shares-secret');
  await registeredPlane(installation, 'uses-it-too', 'shares-secret');
  const deleting = new DeletePage(page);
  await test.step('asked for, it is deleted once the plane is deleted', async () => {
    await deleting.open(withSecret, '?delete=1');
    await page.getByLabel(/^Also delete the Secret going\/with-secret-agent-ca/).check();
    await deleting.delete('with-secret');
    await deleting.gone();
    await expect(deleting.card('Deleted')).toContainText(
      'The Secret that Planeboard created for it was deleted too.',
    );
    expect(await readSecret(installation.kube, NAMESPACE, 'with-secret-agent-ca')).toBeUndefined();
  });
  await test.step('by default, it is kept', async () => {
    await deleting.open(withOwnSecret, '?delete=1');
    await expect(page.getByLabel(/^Also delete the Secret/)).not.toBeChecked();
    await deleting.delete('without-secret');
    await deleting.gone();
    expect(await readSecret(installation.kube, NAMESPACE, 'without-secret-agent-ca')).toBeDefined();
  });
  await test.step('used by another plane, it is always kept', async () => {
    await deleting.open(withSharedSecret, '?delete=1');
    await expect(page.getByText('Kept because other planes use it.')).toBeVisible();
    await expect(page.getByLabel(/^Also delete the Secret/)).toBeDisabled();
  });
});

test('deleting a plane named default lists the planes that use it implicitly', async ({
  installation,
  page,
}) => {
  const NAMESPACE_OF_DEFAULT = 'with-default';
  const plane = connectedPlane('default', {
    kind: 'WorkflowPlane',
    namespace: NAMESPACE_OF_DEFAULT,
    planeID: 'pipelines',
    spec: {},
  });
  const observed = connectedPlane('default', {
    kind: 'ObservabilityPlane',
    namespace: NAMESPACE_OF_DEFAULT,
    planeID: 'watchers',
  });
  await installation.add(plane);
  await installation.add(observed);
  await installation.add(connectedPlane('names-none', { namespace: NAMESPACE_OF_DEFAULT }));
  const deleting = new DeletePage(page);
  await deleting.open(plane, '?delete=1');
  await expect(deleting.consequence('may-hang')).toBeVisible();
  // Workflows default to the cluster-wide workflow plane only.
  await expect(deleting.consequence('changes-default')).toHaveCount(0);
  await deleting.open(observed, '?delete=1');
  const changedDefault = deleting.consequence('changes-default');
  await expect(changedDefault).toContainText('they use the cluster-wide plane named default, or none');
  await expect(changedDefault.getByRole('link', { name: 'names-none' })).toHaveAttribute(
    'href',
    '/planes/dataplanes/with-default/names-none',
  );
});

test('warns that siblings lose their agents briefly, and the agents reconnect', async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('twin-a', { namespace: NAMESPACE, planeID: 'twins', caOf: 'twins' });
  const sibling = connectedPlane('twin-b', {
    namespace: NAMESPACE,
    planeID: 'twins',
    caOf: 'twins',
    agents: 0,
  });
  await installation.add(plane);
  await installation.add(sibling);
  const deleting = new DeletePage(page);
  await deleting.open(plane, '?delete=1');
  await expect(deleting.consequence('drops-siblings')).toContainText(
    'One other plane shares the planeID twins',
  );
  await deleting.delete('twin-a');
  await deleting.gone();
  await deleting.open(sibling);
  await expect(deleting.card('Agent connection')).toContainText('Connected · 1 agent connected', LONG_WAIT);
});

test('the page reports that someone else deleted the plane, and that it was created again', async ({
  installation,
  page,
}) => {
  const plane = planeWithoutAgent('taken', { namespace: NAMESPACE });
  await installation.add(plane);
  const deleting = new DeletePage(page);
  await deleting.open(plane, '?delete=1');
  await expect(deleting.confirm).toBeVisible();
  await installation.kube.delete(`/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/taken`);
  await deleting.gone();
  await installation.add({ ...plane, id: 'taken-again' });
  await expect(page.getByText('A plane with the same kind and name has been created again.')).toBeVisible(
    LONG_WAIT,
  );
  await page.getByRole('link', { name: 'Show new plane' }).click();
  await expect(page).toHaveURL(/\/taken$/);
  await expect(page.getByText('has been deleted.')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Edit display name' })).toBeVisible();
});

test("Environments don't block deleting a cluster-wide plane; their references are left dangling", async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('wide', { kind: 'ClusterDataPlane', ageMs: DAY_MS });
  await installation.add(plane);
  await installation.add(connectedPlane('beside-wide', { namespace: NAMESPACE }));
  await installation.kube.post(`/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/environments`, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'on-wide' },
    spec: { dataPlaneRef: { kind: 'ClusterDataPlane', name: 'wide' }, isProduction: false },
  });
  const deleting = new DeletePage(page);
  await deleting.open(plane, '?delete=1');
  await expect(deleting.consequence('breaks-references')).toContainText(
    'One object refers to this plane by name. Its reference will no longer resolve.',
  );
  await expect(deleting.consequence('blocked')).toHaveCount(0);
  await deleting.delete('wide');
  await deleting.gone();
});

for (const release of ['0.3', '0.16'] as const) {
  test.describe(release, onRelease(release), () => {
    test(`warns on ${release} that the Environments are deleted with the plane`, async ({
      installation,
      page,
    }) => {
      const plane: SimulatedPlane =
        release === '0.3'
          ? {
              kind: 'DataPlane',
              namespace: NAMESPACE,
              name: 'old',
              access: 'inline-credentials',
              environments: ['development'],
              spec: {
                registry: { prefix: 'registry.example.com', secretRef: 'registry' },
                gateway: {
                  publicVirtualHost: 'apps.example.com',
                  organizationVirtualHost: 'internal.example.com',
                },
              },
            }
          : connectedPlane('old', {
              namespace: NAMESPACE,
              environments: ['development'],
              spec: {
                gateway: {
                  publicVirtualHost: 'apps.example.com',
                  organizationVirtualHost: 'internal.example.com',
                },
              },
            });
      await installation.add(plane);
      const deleting = new DeletePage(page);
      await deleting.open(plane, '?delete=1');
      await expect(deleting.consequence('deletes-environments')).toContainText(
        'On this release, the Environment that uses this plane is deleted with it, including everything deployed there.',
      );
      await deleting.delete('old');
      await deleting.gone();
      const { items } = await installation.kube.get<{ items: unknown[] }>(
        `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/environments`,
      );
      expect(items).toEqual([]);
    });
  });
}
