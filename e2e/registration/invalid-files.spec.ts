import type { Page } from '@playwright/test';
import { stringify } from 'yaml';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { base64, createInvalidMaterial, type InvalidMaterial } from '@/testing/plane/invalid-material';
import { NAMESPACE } from '@/testing/plane/prod-plane';

/**
 * How files and pasted texts are rejected and accepted. The problem of every file is proven in the tables beside the
 * rules: `components/fields/read-file.test.ts`, `components/fields/kubeconfig-yaml.test.ts`,
 * `lib/plane/credentials/kubeconfig-context.test.ts` and `lib/server/certificates/invalid-material.test.ts`.
 */

const AGENT_CA = 'Agent CA';
const DIRECT = 'The control plane connects to the cluster';
const TOO_LARGE = 'a'.repeat(300 * 1024);

let material: InvalidMaterial;
test.beforeAll(async () => {
  material = await createInvalidMaterial();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
});

/** Chooses a file with the button in a part of the page. */
async function chooseFile(
  page: Page,
  within: { getByRole: Page['getByRole'] },
  name: string,
  buffer: Buffer,
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await within.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer });
}

test('a certificate field rejects a binary file and a paste that is too large, and keeps the previous certificate', async ({
  wizard,
  page,
}) => {
  const input = wizard.input(AGENT_CA);
  const group = wizard.group(AGENT_CA);
  const still = 'Your previous input is unchanged and still used.';
  await wizard.open('?kind=dataplanes&step=connection');
  await test.step('a paste over nothing', async () => {
    await input.fill(TOO_LARGE);
    await expect(group.getByText('The pasted text is too large')).toBeVisible();
    await expect(group).not.toContainText('previous input');
  });
  await test.step('a paste over invalid text, whose own problem is hidden', async () => {
    await input.fill('no certificate');
    await expect(group).not.toContainText('too large');
    await expect(group.getByText('No certificate found.')).toBeVisible();
    await input.fill(TOO_LARGE);
    await expect(group.getByText('The pasted text is too large')).toContainText('previous input');
    await expect(group.getByText('No certificate found.')).toHaveCount(0);
  });
  await test.step('a paste over a certificate', async () => {
    await input.fill(material.good.ca);
    await input.fill(TOO_LARGE);
    const sentence = 'The pasted text is too large (300 KB). The limit is 256 KB.';
    await expect(group.getByText(`${sentence} ${still}`)).toBeVisible();
    await expect(input).toHaveValue(material.good.ca);
    await expect(group).not.toContainText('Detected');
  });
  await test.step('a file over a certificate', async () => {
    await chooseFile(page, group, 'ca.crt', material.der);
    const sentence = 'ca.crt is in binary DER format. Convert it to PEM: openssl x509 -inform der -in FILE';
    await expect(group.getByText(`${sentence} ${still}`)).toBeVisible();
    await expect(input).toHaveValue(material.good.ca);
  });
  await test.step('a file with a base64 certificate is accepted and inspected', async () => {
    await chooseFile(page, group, 'ca.b64', Buffer.from(base64(material.good.ca)));
    await expect(group).toContainText('Detected: base64, 1 certificate. Stored as PEM.');
    await expect(group).toContainText('right-ca');
    await expect(group).not.toContainText('previous input');
  });
});

test.describe('direct access', onRelease('0.7'), () => {
  test.beforeEach(async ({ wizard, page }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await page.getByRole('radio', { name: DIRECT }).check();
  });

  test('a client certificate reports a key of another certificate until the key is replaced', async ({
    wizard,
  }) => {
    await wizard.input('Client certificate').fill(material.good.certificate);
    await wizard.input('Client private key').fill(material.otherKey);
    const sentence = "The private key doesn't match this certificate.";
    await expect(wizard.form.getByText(sentence).first()).toBeVisible();
    await expect(wizard.input('Client certificate')).toHaveValue(material.good.certificate);
    await wizard.group('Client private key').getByRole('button', { name: 'Replace the private key' }).click();
    await wizard.input('Client private key').fill(material.good.key);
    await expect(wizard.form.getByText(sentence)).toHaveCount(0);
  });

  test('the dialog rejects an unusable kubeconfig, context and file, then imports a valid kubeconfig', async ({
    wizard,
    page,
  }) => {
    const kubeconfig = (user: object) =>
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'prod',
        clusters: [
          {
            name: 'c',
            cluster: {
              server: 'https://k8s.example.com:6443',
              'certificate-authority-data': base64(material.good.ca),
            },
          },
        ],
        users: [{ name: 'u', user }],
        contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
      });
    await page.getByRole('button', { name: 'Use a kubeconfig' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use a kubeconfig' });
    const input = dialog.getByLabel('Kubeconfig', { exact: true });
    const use = dialog.getByRole('button', { name: 'Use this context' });
    await test.step('invalid YAML', async () => {
      await input.fill('clusters:\n  - name: [');
      const sentence = 'Invalid YAML in line 2. Paste the whole file with its indentation.';
      await expect(dialog.getByText(sentence)).toBeVisible();
      await expect(input).toHaveValue('clusters:\n  - name: [');
      await expect(use).toHaveCount(0);
    });
    await test.step('another kind of object', async () => {
      await input.fill('kind: Pod');
      const sentence = "This isn't a kubeconfig: it has no clusters and contexts.";
      await expect(dialog.getByText(sentence)).toBeVisible();
      await expect(use).toHaveCount(0);
    });
    await test.step('a context that signs in with a program', async () => {
      const text = kubeconfig({ exec: { command: 'aws' } });
      await input.fill(text);
      const sentence =
        "This context signs in with a program on your machine (exec), which the control plane doesn't have. Create a service account token instead: kubectl create token NAME --duration=8760h";
      await expect(dialog.getByText(sentence)).toBeVisible();
      await expect(input).toHaveValue(text);
      await expect(use).toBeDisabled();
    });
    await test.step('a file that is too large', async () => {
      await chooseFile(page, dialog, 'config', Buffer.alloc(1100 * 1024, '#'));
      const sentence = 'config is too large (1100 KB). The limit is 1024 KB.';
      await expect(dialog.getByText(sentence)).toBeVisible();
      await expect(use).toHaveCount(0);
    });
    await input.fill(kubeconfig({ token: 'abc.def' }));
    await use.click();
    await expect(page.getByRole('radio', { name: 'Bearer token' })).toBeChecked();
    await expect(wizard.input('Bearer token')).toHaveValue('abc.def');
  });
});
