import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial, type ExampleMaterial } from '@/testing/examples/example-material';
import { registrationSecrets, storedPlanes } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { NAME, NAMESPACE } from '@/testing/plane/prod-plane';

const KIND = installedKind('0.7', 'DataPlane');
const PASSWORD = 'canary-password-that-nobody-may-see';
const TOKEN = 'canary-token-that-nobody-may-see-either';
const CA = 'API server CA';

/** Returns a line from the middle of a key, which identifies a leak in any form. */
const lineOf = (pem: string) => pem.split('\n')[1] ?? '';

let material: ExampleMaterial;
test.beforeAll(async () => {
  material = await createExampleMaterial();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
});

const observer = {
  url: 'https://observer.example.com',
  authentication: { basicAuth: { username: 'admin', password: PASSWORD } },
};

function direct(auth: 'mtls' | 'bearer-token') {
  const inSecret = (key: string) => ({ secretRef: { name: 'prod-access', key } });
  const mtls = { clientCert: inSecret('tls.crt'), clientKey: inSecret('tls.key') };
  return {
    namespace: NAMESPACE,
    name: NAME,
    spec: {
      kubernetesCluster: {
        server: 'https://k8s-api.example.com:6443',
        tls: { ca: inSecret('ca.crt') },
        auth: auth === 'mtls' ? { mtls } : { bearerToken: inSecret('token') },
      },
      gateway: { publicVirtualHost: 'api.example.com', organizationVirtualHost: 'in.example.com' },
      observer,
    },
    newSecrets: {
      'kubernetesCluster.tls.ca': material.ca,
      'kubernetesCluster.auth.mtls.clientCert': material['client-certificate'],
      'kubernetesCluster.auth.mtls.clientKey': material['client-key'],
      'kubernetesCluster.auth.bearerToken': TOKEN,
    },
  };
}

for (const auth of ['mtls', 'bearer-token'] as const) {
  test(
    `the secrets of a plane with ${auth} reach the API server, and are never shown, kept or logged`,
    onRelease('0.7'),
    async ({ wizard, page, context, installation }) => {
      const secret = auth === 'mtls' ? lineOf(material['client-key']) : TOKEN;
      const watch = new CanaryWatch(context);
      const leaks = () => watch.leaks([secret, PASSWORD], { log: installation.server.output });
      await wizard.fillAll(KIND, direct(auth));
      expect(await leaks()).toEqual([]);
      await page.getByText('Use git instead').click();
      expect(await leaks()).toEqual([]);
      await wizard.register();
      expect(await leaks()).toEqual([]);
      await page.goto(`/planes/dataplanes/${NAMESPACE}/${NAME}?tab=yaml`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await leaks()).toEqual([]);

      expect([secret, PASSWORD].map((canary) => watch.wasSent(canary))).toEqual([true, true]);
      const [stored] = await registrationSecrets(installation);
      const data = JSON.stringify(stored?.data);
      expect(data).toContain(
        Buffer.from(auth === 'mtls' ? material['client-key'] : TOKEN)
          .toString('base64')
          .slice(0, -4),
      );
      expect(JSON.stringify(await storedPlanes(installation))).toContain(PASSWORD);
    },
  );
}

test(
  'a reload keeps the draft without keys and passwords, and reports it',
  onRelease('0.7'),
  async ({ wizard, page, context }) => {
    const watch = new CanaryWatch(context);
    let prompts = 0;
    page.on('dialog', (dialog) => {
      prompts += 1;
      void dialog.accept();
    });
    await wizard.fillAll(KIND, direct('mtls'));
    await page.reload();
    expect(prompts, 'The browser asks before a typed secret is lost.').toBe(1);
    await expect(
      page.getByText("Private keys, tokens and passwords aren't stored. Enter them again."),
    ).toBeVisible();
    expect(await watch.leaks([lineOf(material['client-key']), PASSWORD])).toEqual([]);
    await page.getByRole('button', { name: 'Edit connection' }).click();
    await expect(wizard.input(CA)).toHaveValue(material.ca);
    await expect(wizard.input('Client private key')).toHaveValue('');
  },
);

test(
  'a private key pasted into a certificate field never leaves the browser',
  onRelease('0.7'),
  async ({ wizard, page, context }) => {
    const watch = new CanaryWatch(context);
    const key = material['client-key'];
    await wizard.open('?kind=dataplanes&step=connection');
    const input = wizard.input('Agent CA');
    for (const pasted of [key, Buffer.from(key).toString('base64'), `${material.ca}\n${key}`]) {
      await input.fill(pasted);
      await expect(wizard.group('Agent CA')).toContainText(/private key/);
      await input.blur();
    }
    // The server inspects the certificate. Once the result is shown, no earlier request is still under way.
    await input.fill(material.ca);
    await expect(wizard.group('Agent CA')).toContainText('seed-ca');
    await page.getByRole('link', { name: /^Review/ }).click();
    await expect(wizard.heading('review')).toBeVisible();
    expect(watch.wasSent(lineOf(material.ca)), 'The watch sees what is sent.').toBe(true);
    expect(watch.wasSent(lineOf(key))).toBe(false);
    expect(await watch.leaks([lineOf(key)])).toEqual([]);
  },
);

test(
  'only the selected context of a kubeconfig is used and sent',
  onRelease('0.7'),
  async ({ wizard, page, context }) => {
    const watch = new CanaryWatch(context);
    const other = await (await CertificateAuthority.create('other', { days: 10 })).client('other', [], {
      days: 10,
    });
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const user = (name: string, certificate: string, key: string) => ({
      name,
      user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
    });
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'mine',
      clusters: [
        {
          name: 'prod',
          cluster: {
            server: 'https://k8s.example.com:6443',
            'certificate-authority-data': base64(material.ca),
          },
        },
      ],
      users: [
        user('me', material['client-certificate'], material['client-key']),
        user('somebody-else', other.certPem, other.keyPem),
      ],
      contexts: [
        // The current context is preselected, not the first one.
        { name: 'theirs', context: { cluster: 'prod', user: 'somebody-else' } },
        { name: 'mine', context: { cluster: 'prod', user: 'me' } },
      ],
    };
    await wizard.open('?kind=dataplanes&step=connection');
    await page.getByRole('radio', { name: 'The control plane connects to the cluster' }).check();
    await page.getByRole('button', { name: 'Use a kubeconfig' }).click();
    const dialog = page.getByRole('dialog', { name: 'Use a kubeconfig' });
    // The browser sends it when the person chooses no file.
    await dialog.locator('input[type=file]').dispatchEvent('cancel', { bubbles: true });
    await dialog.getByLabel('Kubeconfig', { exact: true }).fill(JSON.stringify(kubeconfig));
    await expect(dialog.getByLabel('Context', { exact: true })).toHaveValue('mine');
    await dialog.getByRole('button', { name: 'Use this context' }).click();
    await expect(dialog).toBeHidden();
    await expect(wizard.input('API server URL')).toHaveValue('https://k8s.example.com:6443');
    await expect(wizard.input(CA)).toHaveValue(material.ca);
    await expect(wizard.group('Client private key')).toContainText('Private key, ');
    await expect(wizard.group('Client certificate')).toContainText('planeboard');
    expect(watch.wasSent(lineOf(material['client-key'])), 'The key is compared with its certificate.').toBe(
      true,
    );
    expect(watch.wasSent(lineOf(other.keyPem))).toBe(false);
    expect(await watch.leaks([lineOf(material['client-key']), lineOf(other.keyPem)])).toEqual([]);
  },
);
