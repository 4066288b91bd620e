import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { storedPlanes } from '@/testing/installation/installation';
import { agentCaPem, DATA_PLANE, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

test('a plane is registered with labels, which are checked while they are typed', async ({
  installation,
  wizard,
  page,
}) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
  const plane = prodPlane(await agentCaPem());
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(plane);
  const labels = page.getByRole('group', { name: /^Labels/ });
  await labels.getByRole('button', { name: /^Add one/ }).click();
  await labels.getByRole('textbox', { name: 'Label key 1' }).fill('region');
  const value = labels.getByRole('textbox', { name: 'Label value 1' });
  await value.fill('has blanks');
  await value.press('Tab');
  await expect(labels.getByRole('textbox', { name: 'Label key 1' })).toHaveAccessibleDescription(
    /A value has only letters/,
  );
  await value.fill('eu-west-1');
  await expect(wizard.yaml).toContainText('region: eu-west-1');
  await wizard.goOn('connection');
  await wizard.fillConnection(DATA_PLANE, plane);
  await wizard.goOn('services');
  await wizard.goOn('review');
  await expect(page.getByText('region=eu-west-1')).toBeVisible();
  await wizard.register();
  await expect
    .poll(async () => (await storedPlanes(installation))[0]?.metadata.labels)
    .toMatchObject({ region: 'eu-west-1' });
});
