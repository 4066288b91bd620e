import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { onRelease } from '@/e2e/support/on-release';
import { firstFrame, recordTraffic } from '@/e2e/support/traffic';

/** Opens every page and requests every API response with data about a plane. */
async function visitEverything(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByText(LIVE)).toBeVisible();
  await page.getByRole('link', { name: 'Keeper' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Keeper' })).toBeVisible();
  await page.getByRole('tab', { name: 'YAML' }).click();
  await expect(page.getByRole('region', { name: 'YAML of this plane' })).toContainText('kind: DataPlane');
  await page.reload();
  await expect(page.getByRole('region', { name: 'YAML of this plane' })).toBeVisible();
  for (const path of ['/api/planes', '/api/catalog', '/api/planes/dataplanes/acme/keeper']) {
    expect((await page.request.get(`${url}${path}`)).ok()).toBe(true);
  }
}

test(
  'no secret of release 0.3 leaves the server: inline credentials, passwords, last applied configuration',
  onRelease('0.3'),
  async ({ page, controlPlane, startServer }) => {
    test.setTimeout(120_000);
    const canaries = ['canary-client-key', 'canary-password', 'canary-last-applied'].map(
      (name) => `${name}-${Math.random().toString(36).slice(2)}`,
    );
    const [key = '', password = '', lastApplied = ''] = canaries;
    const { client } = controlPlane;
    await client.post('/api/v1/namespaces', { metadata: { name: 'acme' } });
    await client.post('/apis/openchoreo.dev/v1alpha1/namespaces/acme/dataplanes', {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: {
        name: 'keeper',
        annotations: {
          'openchoreo.dev/display-name': 'Keeper',
          'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: { note: lastApplied } }),
        },
      },
      spec: {
        registry: { prefix: 'registry.example.com/apps' },
        kubernetesCluster: {
          name: 'keeper',
          credentials: {
            apiServerURL: 'https://keeper.example.com:6443',
            caCert: Buffer.from('a CA').toString('base64'),
            clientCert: Buffer.from('a certificate').toString('base64'),
            clientKey: Buffer.from(key).toString('base64'),
          },
        },
        gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
        observer: {
          url: 'https://observer.example.com',
          authentication: { basicAuth: { username: 'reader', password } },
        },
      },
    });
    const server = await startServer({
      env: { PLANEBOARD_LOG_LEVEL: 'trace' },
    });
    const traffic = recordTraffic(page);
    await visitEverything(page, server.url);
    // The key, the password, and the two fields for certificates, which don't contain valid ones.
    await expect(page.getByText('Replace 4 masked secrets before you apply this')).toBeVisible();
    await page.getByRole('radiogroup', { name: 'YAML content' }).getByText('As stored').click();
    await expect(page.getByText('4 secrets are hidden', { exact: false })).toBeVisible();

    const received = await traffic.everything();
    const streamed = await firstFrame(`${server.url}/api/planes/stream`);
    // Public values arrived, so neither record is empty.
    for (const known of ['Keeper', 'keeper.example.com', 'reader']) expect(received).toContain(known);
    expect(streamed).toContain('Keeper');
    const forms = canaries.flatMap((canary) => [canary, Buffer.from(canary).toString('base64')]);
    for (const form of forms) {
      expect(received.includes(form), 'No response contains a secret.').toBe(false);
      expect(streamed.includes(form), 'The stream contains no secret.').toBe(false);
      expect(server.output.includes(form), "The server's log contains no secret.").toBe(false);
    }
  },
);
