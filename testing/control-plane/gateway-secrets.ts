import type { KubeClient } from '@/demo/control-plane/kube-client';
import type { KeyPairPem } from '@/demo/pki/certificate-authority';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from './kube-objects';

const CORE = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}`;
const CA = 'cluster-gateway-ca';

/** Publishes the gateway's CA as the charts do: in a Secret, or in a ConfigMap as earlier releases do. */
export async function publishCa(
  client: KubeClient,
  pem: string,
  object: 'Secret' | 'ConfigMap' = 'Secret',
): Promise<void> {
  if (object === 'Secret') await write(client, 'secrets', CA, { 'ca.crt': base64(pem) });
  else await write(client, 'configmaps', CA, { 'ca.crt': pem });
}

/** Publishes the gateway's serving certificate, with its key, as cert-manager does. */
export async function publishServing(client: KubeClient, { certPem, keyPem }: KeyPairPem): Promise<void> {
  await write(client, 'secrets', 'cluster-gateway-tls', {
    'tls.crt': base64(certPem),
    'tls.key': base64(keyPem),
  });
}

/** Removes both certificates. */
export async function removeGateway(client: KubeClient): Promise<void> {
  for (const path of ['secrets/cluster-gateway-tls', `secrets/${CA}`, `configmaps/${CA}`])
    if (await client.find(`${CORE}/${path}`)) await client.delete(`${CORE}/${path}`);
}

async function write(
  client: KubeClient,
  collection: string,
  name: string,
  data: Record<string, string>,
): Promise<void> {
  await ensureNamespace(client, CONTROL_PLANE_NAMESPACE);
  const path = `${CORE}/${collection}`;
  if (await client.find(`${path}/${name}`)) await client.patch(`${path}/${name}`, { data });
  else await client.post(path, { metadata: { name }, data });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
