import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { planeDetailSchema } from '@/lib/api/fleet';
import { PlaneWrites } from '@/testing/server/plane-writes';

let api: PlaneWrites;
let authority: CertificateAuthority;

beforeAll(async () => {
  api = await PlaneWrites.start('0.3');
  authority = await CertificateAuthority.create('company', { days: 400 });
});
afterAll(() => api?.stop());

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

test('a manifest with a masked secret is rejected, and accepted once the secret is replaced', async () => {
  const client = await authority.client('planes', [], { days: 100 });
  const credentials = {
    apiServerURL: 'https://192.0.2.1:6443',
    caCert: base64(`# prod CA\n${authority.certPem}`),
    clientCert: base64(client.certPem),
    clientKey: base64(client.keyPem),
  };
  await api.create('dataplanes/default/exported', {
    kubernetesCluster: { name: 'prod', credentials },
    registry: { prefix: 'registry.example.com' },
    gateway: { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' },
  });
  const detail = planeDetailSchema.parse(await api.read('dataplanes/default/exported'));
  expect(detail.manifestSecrets).toBe(1);

  const manifest = parse(detail.manifest);
  const apply = () =>
    api.kube.post('/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes?dryRun=All', {
      ...manifest,
      metadata: { ...manifest.metadata, name: 'copy' },
    });
  await expect(apply()).rejects.toThrow(/clientKey.*must be of type string/);
  const written = manifest.spec.kubernetesCluster.credentials;
  expect(Buffer.from(written.caCert, 'base64').toString().trim()).toBe(authority.certPem.trim());
  written.clientKey = credentials.clientKey;
  await apply();
});
