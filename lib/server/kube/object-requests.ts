import 'server-only';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import type { AuditedWrite } from './audited-write';
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

/** How a write is sent: for real, with its intent in the audit log, or so that the API server stores nothing. */
export type WriteMode = AuditedWrite | 'dry-run';

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
  mode: WriteMode,
): Promise<KubeAnswer> {
  return client.request({
    method: 'POST',
    path: collection,
    ...sentAs(mode),
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
  mode: WriteMode,
): Promise<KubeAnswer> {
  return client.request({
    method: 'PATCH',
    path,
    ...sentAs(mode),
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
export function deleteObject(
  client: Client,
  path: string,
  uid: string,
  audited: AuditedWrite,
): Promise<KubeAnswer> {
  return client.request({
    method: 'DELETE',
    path,
    headers: headersOf(audited),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      preconditions: { uid },
    },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

function sentAs(mode: WriteMode): Pick<KubeRequest, 'query' | 'headers'> {
  return mode === 'dry-run'
    ? { query: { ...WRITE_QUERY, dryRun: 'All' } }
    : { query: WRITE_QUERY, headers: headersOf(mode) };
}

/** The API server takes the header as the id of its own audit event. */
function headersOf({ id }: AuditedWrite): Record<string, string> {
  return { 'audit-id': id };
}
