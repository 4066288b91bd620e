import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { capital, describeObject } from '@/lib/plane/model/text';
import type { AuditActor } from '@/lib/server/log/audit';
import { noteSecretSeen } from '@/lib/server/log/secret-seen';
import { z } from '@/lib/zod';
import { objectPath, secretsPath } from './api-paths';
import type { KubeClient } from './kube-client';
import { asKubeError, KubeError } from './kube-error';
import { type ObjectPlace, type ReadOptions, readObject } from './object-requests';
import { requestedObject } from './requested-object';

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

/** A Secret, and where to request it. */
export interface SecretObject extends ObjectPlace {
  readonly namespace: string;
}

/** @param uid absent if it may be any Secret of that name */
export function secretObject({ namespace, name }: SecretName, uid?: string): SecretObject {
  const path = objectPath(secretsPath(namespace), name);
  return { apiVersion: 'v1', kind: 'Secret', namespace, name, uid, path };
}

/** A Secret as the API server has it, values included. It must not leave the functions that change it. */
export interface LiveSecret extends SecretObject {
  readonly raw: JsonObject;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly immutable: boolean;
  /** In alphabetical order. */
  readonly keys: readonly string[];
  /** Returns the text under a key; undefined when the key doesn't exist. */
  readonly textOf: (key: string) => string | undefined;
}

/**
 * Reads a Secret; null when it doesn't exist.
 *
 * @throws KubeError
 */
export async function readLiveSecret(
  client: Pick<KubeClient, 'request'>,
  secret: SecretName,
  options: ReadOptions = {},
): Promise<LiveSecret | null> {
  const body = await readObject(client, secretObject(secret).path, options);
  return body === null ? null : parseLiveSecret(secret, body);
}

/**
 * Does the same for a person who gets to see facts about the Secret, and logs that.
 *
 * @throws KubeError
 */
export async function readSeenSecret(viewer: SecretViewer, secret: SecretName): Promise<LiveSecret | null> {
  const live = await readLiveSecret(viewer.client, secret);
  if (live) noteSecretSeen(viewer, secret);
  return live;
}

/**
 * Returns the Secret in an answer of the API server.
 *
 * @throws KubeError `bad-answer` when the answer isn't this Secret
 */
export function parseLiveSecret(secret: SecretName, body: unknown): LiveSecret {
  const raw = requestedObject(body, secretObject(secret));
  const read = secretSchema.safeParse(raw).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned an invalid Secret.');
  const { metadata, immutable = false } = read;
  const data = read.data ?? {};
  return {
    ...secretObject(secret),
    raw,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    immutable,
    keys: Object.keys(data).sort(),
    textOf: (key) => {
      const encoded = Object.hasOwn(data, key) ? data[key] : undefined;
      return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
    },
  };
}

/** Returns "the Secret prod-agent-ca in the namespace acme", for sentences. */
export function describeSecret({ namespace, name }: SecretName): string {
  return describeObject('Secret', { namespace, name });
}

/** A key of a Secret. */
export interface SecretPlace extends SecretName {
  readonly key: string;
}

/** `text` goes no further than the checks on this server. */
export type SecretReading =
  | { readonly state: 'read'; readonly text: string }
  | { readonly state: 'secret-missing' | 'key-missing' | 'not-visible' | 'no-such-name' };

export type SecretReader = (place: SecretPlace) => Promise<SecretReading>;

/** Who reads Secrets: a `Caller`. */
export interface SecretViewer extends AuditActor {
  readonly client: Pick<KubeClient, 'request'>;
}

/**
 * Returns a function that reads keys of Secrets as one caller, who may get to see facts about them: the audit log has
 * that. It reads each Secret at most once, because a
 * certificate and its key usually share one. It never requests an invalid name, which would redirect the request. It
 * throws a KubeError when a Secret can't be read for another reason than a missing right.
 */
export function secretReader(viewer: SecretViewer): SecretReader {
  const secrets = new Map<string, Promise<LiveSecret | 'secret-missing' | 'not-visible'>>();
  return async ({ namespace, name, key }) => {
    if (!isKubernetesName(namespace) || !isKubernetesName(name)) return { state: 'no-such-name' };
    const id = `${namespace}/${name}`;
    const reading = secrets.get(id) ?? readIfVisible(viewer, { namespace, name });
    secrets.set(id, reading);
    const secret = await reading;
    if (typeof secret === 'string') return { state: secret };
    const text = secret.textOf(key) ?? '';
    return text === '' ? { state: 'key-missing' } : { state: 'read', text };
  };
}

async function readIfVisible(
  viewer: SecretViewer,
  secret: SecretName,
): Promise<LiveSecret | 'secret-missing' | 'not-visible'> {
  try {
    return (await readSeenSecret(viewer, secret)) ?? 'secret-missing';
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'forbidden') return 'not-visible';
    throw failure;
  }
}

/** Returns what is wrong with a reference to a Secret, as a sentence; null when it can be read. */
export function secretProblem(place: SecretPlace, reading: SecretReading): string | null {
  const secret = capital(describeSecret(place));
  switch (reading.state) {
    case 'read':
      return null;
    case 'secret-missing':
      return `${secret} doesn't exist yet. The plane can't connect until it does.`;
    case 'key-missing':
      return `${secret} has no key ${place.key} yet. The plane can't connect until it does.`;
    case 'not-visible':
      return `You can't read ${describeSecret(place)}, so its content can't be checked.`;
    case 'no-such-name':
      return 'Invalid Secret name.';
  }
}
