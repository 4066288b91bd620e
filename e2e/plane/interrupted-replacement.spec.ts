import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { onRelease } from '@/e2e/support/on-release';
import { PlanePage, ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import type { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { ensureNamespace, readSecret } from '@/testing/control-plane/kube-objects';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { apiPathOf, type SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'interrupted';
const LONG_WAIT = { timeout: 30_000 };
const gateway = {
  publicVirtualHost: 'apps.example.com',
  organizationVirtualHost: 'internal.example.com',
};

/** Holds the nth request that matches until the server is killed. */
function hold(proxy: FaultProxy, method: string, part: string, nth = 1): Promise<void> {
  return new Promise((resolve) => {
    let seen = 0;
    proxy.rule = (path, used) => {
      if (used !== method || !path.includes(part) || path.includes('dryRun')) return undefined;
      seen += 1;
      if (seen !== nth) return undefined;
      resolve();
      return new Promise(() => {});
    };
  });
}

async function pairOf(installation: SimulatedInstallation, plane: SimulatedPlane) {
  const { spec } = (await installation.read(plane)) as unknown as {
    spec: {
      kubernetesCluster: {
        auth: { mtls: Record<'clientCert' | 'clientKey', { secretRef: { name: string; key: string } }> };
      };
    };
  };
  const { clientCert, clientKey } = spec.kubernetesCluster.auth.mtls;
  const read = async ({ name, key }: { name: string; key: string }) =>
    (await readSecret(installation.kube, NAMESPACE, name))?.[key]?.trim();
  return { certPem: await read(clientCert.secretRef), keyPem: await read(clientKey.secretRef) };
}

const trimmed = ({ certPem, keyPem }: KeyPairPem) => ({ certPem: certPem.trim(), keyPem: keyPem.trim() });

test.describe('0.7', onRelease('0.7'), () => {
  // The page loses its server for a while.
  test.use({ expectedErrors: [/Failed to load resource|net::ERR/] });

  for (const [where, label, written] of [
    ['a new Secret', 'A new Secret for this plane', 'killed-new'],
    ['two Secrets in place', 'The same Secret', 'killed-in-place'],
  ] as const) {
    test(`a server that is killed while it writes a pair to ${where} leaves no half pair, and the page says so`, async ({
      installation,
      faultProxy,
      startServer,
      page,
    }) => {
      test.setTimeout(120_000);
      const isNew = written === 'killed-new';
      const plane: SimulatedPlane = {
        kind: 'DataPlane',
        namespace: NAMESPACE,
        name: written,
        access: 'certificate-in-secret',
        spec: { gateway },
      };
      await ensureNamespace(installation.kube, NAMESPACE);
      await installation.add(plane);
      if (!isNew) {
        const stored = await readSecret(installation.kube, NAMESPACE, `${written}-credentials`);
        await installation.kube.post(`/api/v1/namespaces/${NAMESPACE}/secrets`, {
          metadata: { name: `${written}-key` },
          stringData: { 'tls.key': stored?.['tls.key'] ?? '' },
        });
        const clientKey = { secretRef: { name: `${written}-key`, key: 'tls.key' } };
        await installation.kube.patch(apiPathOf(plane), {
          spec: { kubernetesCluster: { auth: { mtls: { clientKey } } } },
        });
      }
      const old = await pairOf(installation, plane);
      const authority = await CertificateAuthority.create('cluster', { days: 300 });
      const client = await authority.client('openchoreo', [], { days: 200 });
      const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
      const planePage = new PlanePage(page, server.url);
      const replace = new ReplaceCredentialPage(page);
      const enterPair = async () => {
        await page.getByLabel('New client certificate', { exact: true }).fill(client.certPem);
        await page.getByLabel(/^New private key/).fill(client.keyPem);
        await page.getByRole('radio', { name: label }).check();
        await replace.write('Replace client certificate');
      };
      await planePage.open(plane, '?replace=');
      await page.getByRole('link', { name: 'Replace client certificate' }).click();
      // The second write of the plane switches the references; the second Secret holds the certificate.
      const held = isNew
        ? hold(faultProxy, 'PATCH', '/dataplanes/', 2)
        : hold(faultProxy, 'PATCH', `/secrets/${written}-credentials`);
      await enterPair();
      await held;
      await server.kill('SIGKILL');
      faultProxy.rule = undefined;
      await server.start();

      const interrupted = replace.card('A replacement was interrupted');
      await test.step('anyone sees it on the plane’s page', async () => {
        await planePage.open(plane);
        await expect(page.getByText('A replacement was interrupted.')).toBeVisible(LONG_WAIT);
        await page.getByRole('link', { name: 'Finish or undo it' }).click();
        await expect(interrupted).toContainText("the writes didn't complete");
      });
      if (isNew) {
        await expectAccessible(page, 'an interrupted replacement');
        expect(await pairOf(installation, plane)).toEqual(old);
        await expect(interrupted).toContainText(
          `The new Secret ${NAMESPACE}/${written}-credentials-2 exists. The plane still uses the old one.`,
        );
        await replace.settle('Finish replacement', 'Finish');
      } else {
        await expect(interrupted).toContainText("so they don't match");
        await expect(interrupted.getByRole('button', { name: 'Finish replacement' })).toHaveCount(0);
        await test.step('the old key is not lost', async () => {
          await replace.settle('Restore old value', 'Restore value');
          await expect.poll(() => pairOf(installation, plane)).toEqual(old);
          await expect(interrupted).toHaveCount(0);
        });
        await enterPair();
        await expect(replace.card('Replaced')).toBeVisible();
      }
      await expect.poll(() => pairOf(installation, plane)).toEqual(trimmed(client));
      await expect(interrupted).toHaveCount(0);
      await planePage.open(plane);
      await expect(page.getByText('A replacement was interrupted.')).toHaveCount(0);
    });
  }
});
