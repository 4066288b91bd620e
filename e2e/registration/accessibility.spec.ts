import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { installedKind } from '@/testing/plane/installed-kinds';
import { agentCaPem, DATA_PLANE, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

const CA = 'Agent CA';
test('axe finds nothing on any step or on the setup page', async ({ wizard, page, installation }) => {
  // About a dozen axe runs, which take seconds each.
  test.slow();
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
  const plane = prodPlane(await agentCaPem());
  await wizard.open();
  await expectAccessible(page, 'the kinds');
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.form.getByRole('button', { name: /^Continue/ }).click();
  await expectAccessible(page, 'the identity with errors');
  await wizard.fillIdentity({ ...plane, name: 'default' });
  await expectAccessible(page, 'the identity');
  await wizard.goOn('connection');
  await page.getByRole('radio', { name: 'Not yet, show me the commands' }).check();
  await expectAccessible(page, 'the commands that install the agent');
  await page.getByRole('radio', { name: 'Yes, I have its CA' }).check();
  const old = await CertificateAuthority.create('old agents', { fromDays: -20, days: 10 });
  await wizard.input(CA).fill(old.certPem);
  await expect(wizard.group(CA)).toContainText('old agents');
  await expectAccessible(page, 'an expired certificate');
  await wizard.group(CA).getByText('Stored in:').click();
  await wizard.fillConnection(DATA_PLANE, plane);
  await expect(wizard.group(CA)).toContainText('company agents');
  await expectAccessible(page, 'the connection');
  await wizard.goOn('services');
  for (const button of ['Add external ingress', 'Add external egress'])
    await page.getByRole('button', { name: button }).click();
  await expectAccessible(page, 'the services');
  await page.getByRole('button', { name: 'Remove external ingress' }).click();
  await page.getByRole('button', { name: 'Remove external egress' }).click();
  await wizard.goOn('review');
  await expect(wizard.verdict).toBeVisible();
  await page.getByText('Use git instead').click();
  await expectAccessible(page, 'the review');
  await wizard.register();
  await expectAccessible(page, 'the setup page');
});

test.describe('release 0.7', onRelease('0.7'), () => {
  test('axe finds nothing on direct access, its credentials or the kubeconfig dialog', async ({
    wizard,
    page,
  }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await expect(wizard.heading('connection')).toBeVisible();
    await page.getByRole('radio', { name: 'The control plane connects to the cluster' }).check();
    await expectAccessible(page, installedKind('0.7', 'DataPlane').entry.label);
    await page.getByRole('radio', { name: 'Bearer token' }).check();
    await expectAccessible(page, 'a bearer token');
    await page.getByRole('button', { name: 'Use a kubeconfig' }).click();
    await expect(page.getByRole('dialog', { name: 'Use a kubeconfig' })).toBeVisible();
    await expectAccessible(page, 'the kubeconfig');
  });
});
