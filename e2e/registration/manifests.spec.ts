import { readFile } from 'node:fs/promises';
import { parseAllDocuments } from 'yaml';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/registration-test';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { jsonObjectSchema } from '@/lib/plane/json/json-schema';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial } from '@/testing/examples/example-material';
import { clean, registrationSecrets, storedPlanes } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { NAME, NAMESPACE } from '@/testing/plane/prod-plane';

test(
  'downloading manifests writes nothing, and the API server accepts them with the real secrets',
  onRelease('0.7'),
  async ({ wizard, page, installation }) => {
    const { client } = installation.controlPlane;
    await ensureNamespace(installation.controlPlane.client, NAMESPACE);
    const material = await createExampleMaterial();
    const written: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET' && request.url().includes('dryRun=false')) written.push(request.url());
    });
    const inSecret = (key: string) => ({ secretRef: { name: 'prod-access', key } });
    const spec = {
      kubernetesCluster: {
        server: 'https://k8s-api.example.com:6443',
        tls: { ca: inSecret('ca.crt') },
        auth: { mtls: { clientCert: inSecret('tls.crt'), clientKey: inSecret('tls.key') } },
      },
      gateway: { publicVirtualHost: 'api.example.com', organizationVirtualHost: 'in.example.com' },
    };
    await wizard.fillAll(installedKind('0.7', 'DataPlane'), {
      namespace: NAMESPACE,
      name: NAME,
      spec,
      newSecrets: {
        'kubernetesCluster.tls.ca': material.ca,
        'kubernetesCluster.auth.mtls.clientCert': material['client-certificate'],
        'kubernetesCluster.auth.mtls.clientKey': material['client-key'],
      },
    });
    await page.getByText('Use git instead').click();
    await expect(wizard.form).toContainText('Secret values are replaced');

    const [secret, ...furtherSecrets] = await downloaded(`${NAME}-secrets.yaml`);
    const [plane, ...furtherPlanes] = await downloaded(`${NAME}.yaml`);
    expect([...furtherSecrets, ...furtherPlanes], 'There is one Secret and one plane.').toEqual([]);
    if (!secret || !plane) throw new Error('A file was empty.');
    const placeholders = jsonObjectSchema.parse(secret.stringData);
    expect(placeholders).toMatchObject({ 'ca.crt': expect.stringContaining(material.ca) });
    expect(placeholders['tls.key']).toMatch(/^<.+>$/);
    expect(JSON.stringify([secret, plane])).not.toContain(material['client-key'].split('\n')[1]);

    await page.getByRole('link', { name: 'watch it connect' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Connect ${NAME}` })).toBeVisible();
    expect(written).toEqual([]);
    expect(await storedPlanes(installation)).toEqual([]);
    expect(await registrationSecrets(installation)).toEqual([]);

    // With strict validation, as kubectl sends it.
    const strict = '?fieldValidation=Strict&fieldManager=kubectl';
    const real = { ...placeholders, 'tls.key': material['client-key'] };
    const secrets = `/api/v1/namespaces/${NAMESPACE}/secrets`;
    const created = await client.post(`${secrets}${strict}`, { ...secret, stringData: real });
    const planes = `/apis/${PLANE_API_VERSION}/namespaces/${NAMESPACE}/dataplanes`;
    expect((await client.post(`${planes}${strict}`, plane)).spec).toMatchObject(spec);
    await expect(page.getByText("Planeboard didn't", { exact: false })).toHaveCount(0);
    // An open page could ask for the plane in the moment in which it goes, and log the 404.
    await page.goto('about:blank');
    await client.delete(`${secrets}/${created.metadata.name}`);
    await clean(installation);

    async function downloaded(name: string): Promise<JsonObject[]> {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Download ${name}` }).click();
      const path = await (await download).path();
      return parseAllDocuments(await readFile(path, 'utf8'))
        .map((document): unknown => document.toJS())
        .filter(isObject);
    }
  },
);

function isObject(value: unknown): value is JsonObject {
  return isJsonObject(value);
}
