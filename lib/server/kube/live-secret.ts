import 'server-only';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';
import { objectPath, secretsPath } from './api-paths';
import { asKubeError, KubeError } from './kube-error';

const READ_TIMEOUT_MS = 5000;

const secretSchema = z.object({
  metadata: z.object({
    uid: z.string(),
    resourceVersion: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  data: z.record(z.string(), z.string()).nullish(),
  immutable: z.boolean().optional(),
});

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** A Secret as the API server has it, values included: it must not leave the functions that change it. */
export interface LiveSecret extends SecretName {
  readonly path: string;
  readonly raw: JsonObject;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly immutable: boolean;
  /** The text under a key; undefined where there is no such key. */
  readonly textOf: (key: string) => string | undefined;
}

/** Reads a Secret as the caller; null when there is none. Throws a KubeError. */
export async function readLiveSecret(caller: Caller, secret: SecretName): Promise<LiveSecret | null> {
  const path = objectPath(secretsPath(secret.namespace), secret.name);
  try {
    return liveSecretOf(secret, (await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS })).body);
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return null;
    throw failure;
  }
}

/** The Secret that an answer of the API server holds. Throws a KubeError `bad-answer` for what is none. */
export function liveSecretOf({ namespace, name }: SecretName, body: unknown): LiveSecret {
  const read = secretSchema.safeParse(body).data;
  if (!read || !isJsonObject(body))
    throw new KubeError('bad-answer', 'The API server sent something that is no Secret.');
  const { metadata, immutable = false } = read;
  const data = read.data ?? {};
  return {
    namespace,
    name,
    path: objectPath(secretsPath(namespace), name),
    raw: body,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    immutable,
    textOf: (key) => {
      const encoded = Object.hasOwn(data, key) ? data[key] : undefined;
      return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
    },
  };
}

/** "the Secret prod-agent-ca in the namespace acme", for sentences. */
export function secretWords({ namespace, name }: SecretName): string {
  return `the Secret ${name} in the namespace ${namespace}`;
}
