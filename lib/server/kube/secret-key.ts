import 'server-only';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { z } from '@/lib/zod';
import type { KubeClient } from './kube-client';
import { asKubeError } from './kube-error';

const READ_TIMEOUT_MS = 5000;
const secretSchema = z.object({ data: z.record(z.string(), z.string()).optional() });

/** A key of a Secret. */
export interface SecretPlace {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** `text` never goes further than the checks on this server. */
export type SecretReading =
  | { readonly state: 'read'; readonly text: string }
  | { readonly state: 'secret-missing' | 'key-missing' | 'not-visible' | 'no-such-name' };

export type SecretReader = (place: SecretPlace) => Promise<SecretReading>;

/**
 * Reads keys of Secrets as one caller, each Secret at most once, as a certificate and its key mostly share one. A name
 * that no Secret can have is not asked for: it would lead the call elsewhere. Throws a KubeError when it cannot be told.
 */
export function secretReader(client: Pick<KubeClient, 'request'>): SecretReader {
  const secrets = new Map<
    string,
    Promise<Readonly<Record<string, string>> | 'secret-missing' | 'not-visible'>
  >();
  return async ({ namespace, name, key }) => {
    if (!isKubernetesName(namespace) || !isKubernetesName(name)) return { state: 'no-such-name' };
    const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
    const reading = secrets.get(path) ?? dataOf(client, path);
    secrets.set(path, reading);
    const data = await reading;
    if (typeof data === 'string') return { state: data };
    const encoded = Object.hasOwn(data, key) ? data[key] : undefined;
    if (encoded === undefined || encoded === '') return { state: 'key-missing' };
    return { state: 'read', text: Buffer.from(encoded, 'base64').toString('utf8') };
  };
}

async function dataOf(
  client: Pick<KubeClient, 'request'>,
  path: string,
): Promise<Readonly<Record<string, string>> | 'secret-missing' | 'not-visible'> {
  try {
    const { body } = await client.request({ path, timeoutMs: READ_TIMEOUT_MS });
    return secretSchema.parse(body).data ?? {};
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return 'secret-missing';
    if (failure.code === 'forbidden') return 'not-visible';
    throw failure;
  }
}

/** What is the matter with a reference to a Secret, as a sentence; null when it can be read. */
export function secretProblem(place: SecretPlace, reading: SecretReading): string | null {
  const secret = `The Secret ${place.name} in the namespace ${place.namespace}`;
  switch (reading.state) {
    case 'read':
      return null;
    case 'secret-missing':
      return `${secret} does not exist yet: the plane is not connected before it does.`;
    case 'key-missing':
      return `${secret} has no key ${place.key} yet: the plane is not connected before it does.`;
    case 'not-visible':
      return `${secret} is not visible to you, so what stands in it cannot be checked.`;
    case 'no-such-name':
      return 'No Secret can have that name.';
  }
}
