import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { expect, test } from '@/e2e/support/registration-test';
import { expectSound, LOOKS } from '@/e2e/support/sound-page';
import { ensureNamespace } from '@/testing/control-plane/installations';
import { installedKind } from '@/testing/plane/installed-kinds';
import { agentCaPem, DATA_PLANE, NAMESPACE, prodPlane } from '@/testing/server/prod-plane';

const CA = 'CA that verifies the agent';
for (const { name: look, use } of LOOKS) {
  test.describe(look, () => {
    test.use(use);

    test('axe finds nothing on any step, from the first to the page that connects', async ({
      wizard,
      page,
      installation,
    }) => {
      // A dozen looks of axe, each of which takes seconds.
      test.slow();
      await ensureNamespace(installation.controlPlane, NAMESPACE);
      const plane = prodPlane(await agentCaPem());
      await wizard.open();
      await expectSound(page, 'the kinds');
      await wizard.chooseKind(DATA_PLANE);
      await wizard.goOn('identity');
      await wizard.form.getByRole('button', { name: /^Continue/ }).click();
      await expectSound(page, 'the identity with errors');
      await wizard.fillIdentity({ ...plane, name: 'default' });
      await expectSound(page, 'the identity');
      await wizard.goOn('connection');
      await page.getByRole('radio', { name: 'Not yet, show me the commands' }).check();
      await expectSound(page, 'the commands that install the agent');
      await page.getByRole('radio', { name: 'Yes, I have its CA' }).check();
      const old = await CertificateAuthority.create('old agents', { fromDays: -20, days: 10 });
      await wizard.input(CA).fill(old.certPem);
      await expect(wizard.group(CA)).toContainText('old agents');
      await expectSound(page, 'an expired certificate');
      await wizard.group(CA).getByText('Where it is stored:').click();
      await wizard.fillConnection(DATA_PLANE, plane);
      await expect(wizard.group(CA)).toContainText('company agents');
      await expectSound(page, 'the connection');
      await wizard.goOn('services');
      for (const name of ['Add ingress from outside', 'Add egress to the outside'])
        await page.getByRole('button', { name }).click();
      await expectSound(page, 'the services');
      await page.getByRole('button', { name: 'Remove ingress from outside' }).click();
      await page.getByRole('button', { name: 'Remove egress to the outside' }).click();
      await wizard.goOn('review');
      await expect(wizard.verdict).toBeVisible();
      await page.getByText('Keep it in git instead').click();
      await expectSound(page, 'the review');
      await wizard.register();
      await expectSound(page, 'the page that connects');
    });
  });
}

test.describe('Release 0.7', () => {
  test.use({ release: '0.7' });

  test('axe finds nothing on direct access, its credentials and the kubeconfig dialog', async ({
    wizard,
    page,
  }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await expect(wizard.heading('connection')).toBeVisible();
    await page.getByRole('radio', { name: 'The control plane calls the cluster' }).check();
    await expectSound(page, installedKind('0.7', 'DataPlane').entry.words);
    await page.getByRole('radio', { name: 'Bearer token' }).check();
    await expectSound(page, 'a bearer token');
    await page.getByRole('button', { name: 'Use a kubeconfig' }).click();
    await expect(page.getByRole('dialog', { name: 'Use a kubeconfig' })).toBeVisible();
    await expectSound(page, 'the kubeconfig');
  });
});
