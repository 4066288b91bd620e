import 'server-only';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import { type AuditEntry, audit } from '@/lib/server/log/audit';
import type { KubeAnswer, KubeClient, KubeRequest } from './kube-client';
import { asKubeError } from './kube-error';

const READ_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Sent with every write: the API server rejects unknown fields instead of dropping them, and records the field
 * manager.
 */
const WRITE_QUERY = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

type Client = Pick<KubeClient, 'request'>;

export interface WriteOptions {
  /** The API server does everything except storing. */
  readonly dryRun?: boolean;
}

export type ReadOptions = Pick<KubeRequest, 'headers' | 'signal' | 'timeoutMs'>;

/**
 * Reads an object; null when it doesn't exist.
 *
 * @throws KubeError
 */
export async function readObject(client: Client, path: string, options: ReadOptions = {}): Promise<unknown> {
  try {
    return (await client.request({ timeoutMs: READ_TIMEOUT_MS, ...options, path })).body;
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return null;
    throw failure;
  }
}

/**
 * Creates an object with POST, which never overwrites anything.
 *
 * @throws KubeError
 */
export function createObject(
  client: Client,
  collection: string,
  manifest: unknown,
  options: WriteOptions = {},
): Promise<KubeAnswer> {
  return client.request({
    method: 'POST',
    path: collection,
    query: queryOf(options),
    body: manifest,
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

/**
 * Changes an object with a JSON merge patch. A patch with a resourceVersion is rejected (`conflict`) when the object
 * has changed since.
 *
 * @throws KubeError
 */
export function patchObject(
  client: Client,
  path: string,
  patch: unknown,
  options: WriteOptions = {},
): Promise<KubeAnswer> {
  return client.request({
    method: 'PATCH',
    path,
    query: queryOf(options),
    contentType: 'application/merge-patch+json',
    body: patch,
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

/**
 * Deletes exactly the object with this uid. One recreated under its name stays (`conflict`).
 *
 * @throws KubeError
 */
export function deleteObject(client: Client, path: string, uid: string): Promise<KubeAnswer> {
  return client.request({
    method: 'DELETE',
    path,
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      preconditions: { uid },
    },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

function queryOf({ dryRun = false }: WriteOptions): Record<string, string> {
  return { ...WRITE_QUERY, ...(dryRun ? { dryRun: 'All' } : {}) };
}

/**
 * Writes, and logs one audit line with the outcome.
 *
 * @throws KubeError what `write` threw
 */
export async function auditedWrite<T>(
  entry: Omit<AuditEntry, 'outcome'>,
  write: () => Promise<T>,
): Promise<T> {
  try {
    const written = await write();
    audit({ ...entry, outcome: 'done' });
    return written;
  } catch (error) {
    const failure = asKubeError(error);
    audit({ ...entry, outcome: failure.code });
    throw failure;
  }
}
