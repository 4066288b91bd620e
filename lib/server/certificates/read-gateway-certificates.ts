import 'server-only';
import { GATEWAY_CA, GATEWAY_CERTIFICATE } from '@/lib/plane/health/control-plane-certificates';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { readObject } from '@/lib/server/kube/object-requests';
import { readLiveSecret } from '@/lib/server/kube/read-secret';
import { requestedObject } from '@/lib/server/kube/requested-object';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 10_000;
const CA_KEY = 'ca.crt';
const SERVING_KEY = 'tls.crt';

const configMapSchema = z.object({ data: z.record(z.string(), z.string()).optional() });

/** The text under an object's certificate key, and nothing else of that object. */
export type CertificateText = { readonly object: 'Secret' | 'ConfigMap' } & (
  | { readonly state: 'found'; readonly pem: string }
  | { readonly state: 'key-missing'; readonly key: string }
  | { readonly state: 'missing' | 'not-checked' }
);

type Client = Pick<KubeClient, 'request'>;

/**
 * Reads the CA that the control plane publishes: from a Secret or, in earlier releases, from a ConfigMap.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function readCa(
  client: Client,
  namespace: string,
  signal: AbortSignal,
): Promise<CertificateText> {
  const secret = await readSecretKey(client, { namespace, name: GATEWAY_CA, key: CA_KEY }, signal);
  // A ConfigMap beside a Secret may be an outdated copy.
  if (secret.state === 'found' || secret.state === 'not-checked') return secret;
  const configMap = await readConfigMapKey(client, namespace, signal);
  return configMap ?? secret;
}

/**
 * Reads the gateway's serving certificate.
 *
 * @throws KubeError when the API server doesn't answer
 */
export function readServing(
  client: Client,
  namespace: string,
  signal: AbortSignal,
): Promise<CertificateText> {
  return readSecretKey(client, { namespace, name: GATEWAY_CERTIFICATE, key: SERVING_KEY }, signal);
}

/** Takes one key out of a Secret. The private key beside it isn't decoded, and is dropped with the response. */
async function readSecretKey(
  client: Client,
  { namespace, name, key }: { readonly namespace: string; readonly name: string; readonly key: string },
  signal: AbortSignal,
): Promise<CertificateText> {
  const object = 'Secret';
  try {
    const secret = await readLiveSecret(client, { namespace, name }, { signal, timeoutMs: READ_TIMEOUT_MS });
    if (!secret) return { object, state: 'missing' };
    const pem = secret.textOf(key) ?? '';
    return pem === '' ? { object, state: 'key-missing', key } : { object, state: 'found', pem };
  } catch (error) {
    if (asKubeError(error).code === 'forbidden') return { object, state: 'not-checked' };
    throw error;
  }
}

/** Returns null unless the ConfigMap has the key. */
async function readConfigMapKey(
  client: Client,
  namespace: string,
  signal: AbortSignal,
): Promise<CertificateText | null> {
  try {
    const path = `/api/v1/namespaces/${namespace}/configmaps/${GATEWAY_CA}`;
    const body = await readObject(client, path, { signal, timeoutMs: READ_TIMEOUT_MS });
    if (body === null) return null;
    const wanted = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: GATEWAY_CA };
    const pem = configMapSchema.safeParse(requestedObject(body, wanted)).data?.data?.[CA_KEY] ?? '';
    return pem === '' ? null : { object: 'ConfigMap', state: 'found', pem };
  } catch (error) {
    if (asKubeError(error).code === 'forbidden') return null;
    throw error;
  }
}
