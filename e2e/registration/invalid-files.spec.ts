import { stringify } from 'yaml';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { NAMESPACE } from '@/testing/plane/prod-plane';
import { base64, createInvalidMaterial, type InvalidMaterial } from './invalid-material';

const AGENT_CA = 'Agent CA';
const DIRECT = 'The control plane connects to the cluster';

let material: InvalidMaterial;
test.beforeAll(async () => {
  material = await createInvalidMaterial();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
});

test.describe('certificate files', () => {
  const files: readonly (readonly [string, () => Buffer, string])[] = [
    [
      'a file that is too large',
      () => Buffer.alloc(300 * 1024, 'a'),
      'ca.crt is too large (300 KB). The limit is 256 KB.',
    ],
    ['an empty file', () => Buffer.alloc(0), 'ca.crt is empty.'],
    [
      'a picture',
      () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]),
      'ca.crt is a binary file. Choose a text file with PEM, which begins with -----BEGIN, or base64.',
    ],
    [
      'a DER certificate',
      () => material.der,
      'ca.crt is in binary DER format. Convert it to PEM: openssl x509 -inform der -in FILE',
    ],
  ];
  for (const [what, bytes, sentence] of files) {
    test(`rejects ${what} and keeps the previous certificate`, async ({ wizard, page }) => {
      await wizard.open('?kind=dataplanes&step=connection');
      await wizard.input(AGENT_CA).fill(material.good.ca);
      const chooser = page.waitForEvent('filechooser');
      await wizard.group(AGENT_CA).getByRole('button', { name: 'Choose a file' }).click();
      await (await chooser).setFiles({ name: 'ca.crt', mimeType: 'application/x-pem-file', buffer: bytes() });
      await expect(wizard.group(AGENT_CA).getByText(sentence)).toBeVisible();
      await expect(wizard.input(AGENT_CA)).toHaveValue(material.good.ca);
    });
  }

  test('rejects pasted text that is too large and keeps the previous certificate', async ({ wizard }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await wizard.input(AGENT_CA).fill(material.good.ca);
    await wizard.input(AGENT_CA).fill('a'.repeat(300 * 1024));
    const sentence = 'The pasted text is too large (300 KB). The limit is 256 KB.';
    const still = 'Your previous input is unchanged and still used.';
    await expect(wizard.group(AGENT_CA).getByText(`${sentence} ${still}`)).toBeVisible();
    await expect(wizard.input(AGENT_CA)).toHaveValue(material.good.ca);
    await expect(wizard.group(AGENT_CA)).not.toContainText('Detected');
  });

  test('reports only the size of pasted text that is too large, over nothing and over invalid text', async ({
    wizard,
  }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    const group = wizard.group(AGENT_CA);
    await wizard.input(AGENT_CA).fill('a'.repeat(300 * 1024));
    await expect(group.getByText('The pasted text is too large')).toBeVisible();
    await expect(group).not.toContainText('previous input');
    await wizard.input(AGENT_CA).fill('no certificate');
    await expect(group).not.toContainText('too large');
    await expect(group.getByText('No certificate found.')).toBeVisible();
    await wizard.input(AGENT_CA).fill('a'.repeat(300 * 1024));
    await expect(group.getByText('The pasted text is too large')).toContainText('previous input');
    await expect(group.getByText('No certificate found.')).toHaveCount(0);
  });

  test('accepts and inspects a file with a base64 certificate', async ({ wizard, page }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    const chooser = page.waitForEvent('filechooser');
    await wizard.group(AGENT_CA).getByRole('button', { name: 'Choose a file' }).click();
    const buffer = Buffer.from(base64(material.good.ca));
    await (await chooser).setFiles({ name: 'ca.b64', mimeType: 'text/plain', buffer });
    await expect(wizard.group(AGENT_CA)).toContainText('Detected: base64, 1 certificate. Stored as PEM.');
    await expect(wizard.group(AGENT_CA)).toContainText('right-ca');
  });
});

test.describe('credentials of direct access', onRelease('0.7'), () => {
  test.beforeEach(async ({ wizard, page }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await page.getByRole('radio', { name: DIRECT }).check();
  });

  test('rejects a key that belongs to another certificate', async ({ wizard }) => {
    await wizard.input('Client certificate').fill(material.good.certificate);
    await wizard.input('Client private key').fill(material.otherKey);
    const sentence = "The private key doesn't match this certificate.";
    await expect(wizard.form.getByText(sentence).first()).toBeVisible();
    await expect(wizard.input('Client certificate')).toHaveValue(material.good.certificate);
    await wizard.group('Client private key').getByRole('button', { name: 'Replace the private key' }).click();
    await wizard.input('Client private key').fill(material.good.key);
    await expect(wizard.form.getByText(sentence)).toHaveCount(0);
  });

  test('rejects an expired certificate and certificates with the wrong key usage', async ({ wizard }) => {
    const box = wizard.group('Client certificate');
    await wizard.input('Client certificate').fill(material.expired);
    await expect(box.getByText(`It expired on ${material.expiredOn}.`).first()).toBeVisible();
    await wizard.input('Client certificate').fill(material.serverOnly);
    const refused =
      "Its extended key usage doesn't include client authentication, so an API server rejects it.";
    await expect(box.getByText(refused).first()).toBeVisible();
    await wizard.input('API server CA').fill(material.clientOnly);
    const cannot =
      "Its extended key usage doesn't include server authentication, so it can't verify an API server.";
    await expect(wizard.group('API server CA').getByText(cannot).first()).toBeVisible();
  });

  test('rejects two credentials under the same key of a Secret', async ({ wizard }) => {
    await wizard.input('API server CA').fill(material.good.ca);
    await wizard.input('Client certificate').fill(material.good.certificate);
    await wizard.input('Client private key').fill(material.good.key);
    for (const label of ['API server CA', 'Client certificate']) {
      const place = { name: 'prod-access', key: 'same' };
      await wizard.fillCredential(wizard.group(label), label, { source: 'new-secret', place });
    }
    await wizard.form.getByRole('button', { name: /^Continue/ }).click();
    const sentence = 'Another credential of this plane already uses this key. Choose another key or Secret.';
    // Reported at one of the two only, which is enough to fix it.
    await expect(wizard.group('API server CA').getByText(sentence)).toBeVisible();
    await expect(wizard.group('Client certificate').getByText(sentence)).toHaveCount(0);
  });
});

test.describe('kubeconfigs', onRelease('0.7'), () => {
  const cluster = () => ({
    server: 'https://k8s.example.com:6443',
    'certificate-authority-data': base64(material.good.ca),
  });
  const user = { token: 'abc.def' };
  const kubeconfig = (ofCluster: object, ofUser: object) =>
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod',
      clusters: [{ name: 'c', cluster: ofCluster }],
      users: [{ name: 'u', user: ofUser }],
      contexts: [{ name: 'prod', context: { cluster: 'c', user: 'u' } }],
    });
  const whole = 'Paste the whole file with its indentation.';
  const token = 'Create a service account token instead: kubectl create token NAME --duration=8760h';
  const flatten = 'To include its content, run: kubectl config view --raw --flatten --minify --context NAME';
  const cases: readonly (readonly [string, () => string, string])[] = [
    ['invalid YAML', () => 'clusters:\n  - name: [', `Invalid YAML in line 2. ${whole}`],
    [
      'another kind of object',
      () => 'kind: Pod',
      "This isn't a kubeconfig: it has no clusters and contexts.",
    ],
    ['a kubeconfig without contexts', () => 'clusters: []\ncontexts: []', 'This kubeconfig has no contexts.'],
    [
      'an exec plugin',
      () => kubeconfig(cluster(), { exec: { command: 'aws' } }),
      `This context signs in with a program on your machine (exec), which the control plane doesn't have. ${token}`,
    ],
    [
      'references to local files',
      () => kubeconfig(cluster(), { 'client-certificate': '/c.crt', 'client-key': '/c.key' }),
      `This kubeconfig refers to a file on your machine (client-certificate). ${flatten}`,
    ],
    [
      'an unverified API server',
      () => kubeconfig({ ...cluster(), 'insecure-skip-tls-verify': true }, user),
      "This context doesn't verify the API server (insecure-skip-tls-verify), but the control plane always does. Use a kubeconfig with certificate-authority-data.",
    ],
    [
      'a user without credentials',
      () => kubeconfig(cluster(), {}),
      'This context has neither a client certificate nor a token to sign in with.',
    ],
    [
      'damaged base64',
      () => kubeconfig({ ...cluster(), 'certificate-authority-data': '%%%' }, user),
      "certificate-authority-data of this context is damaged: it isn't base64-encoded PEM.",
    ],
  ];

  test(`rejects ${cases.map(([what]) => what).join(', ')}, then accepts a valid kubeconfig`, async ({
    wizard,
    page,
  }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await page.getByRole('radio', { name: DIRECT }).check();
    await page.getByRole('button', { name: 'Use a kubeconfig' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use a kubeconfig' });
    const input = dialog.getByLabel('Kubeconfig', { exact: true });
    for (const [what, text, sentence] of cases) {
      await test.step(what, async () => {
        await input.fill(text());
        await expect(dialog.getByText(sentence)).toBeVisible();
        await expect(input).toHaveValue(text());
        const use = dialog.getByRole('button', { name: 'Use this context' });
        expect((await use.count()) === 0 || (await use.isDisabled()), 'The context is not usable.').toBe(
          true,
        );
      });
    }
    await test.step('a file that is too large', async () => {
      const chooser = page.waitForEvent('filechooser');
      await dialog.getByRole('button', { name: 'Choose a file' }).click();
      const buffer = Buffer.alloc(1100 * 1024, '#');
      await (await chooser).setFiles({ name: 'config', mimeType: 'text/plain', buffer });
      const sentence = 'config is too large (1100 KB). The limit is 1024 KB.';
      await expect(dialog.getByText(sentence)).toBeVisible();
    });
    await input.fill(kubeconfig(cluster(), user));
    await dialog.getByRole('button', { name: 'Use this context' }).click();
    await expect(page.getByRole('radio', { name: 'Bearer token' })).toBeChecked();
    await expect(wizard.input('Bearer token')).toHaveValue('abc.def');
  });
});
