import 'server-only';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import type { AuditedWrite } from './audited-write';
import type { KubeClient, KubeRequest } from './kube-client';
import { asKubeError } from './kube-error';
import { type RequestedObject, requestedObject } from './requested-object';
import { notShown, remainsOfDeleted, requireChange, showsChange } from './write-proof';

const READ_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 10_000;
const CREATED = 201;

/**
 * Sent with every write: the API server rejects unknown fields instead of dropping them, and records the field
 * manager.
 */
const WRITE_QUERY = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

type Client = Pick<KubeClient, 'request'>;

/** An object that exists, as far as known, and its API path. */
export interface ObjectPlace extends RequestedObject {
  readonly path: string;
}

/** An object to be created. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string | undefined; readonly name: string };
}

/** The object in the answer to a write, as the API server stored it or, in a dry run, would store it. */
export interface ObjectAnswer {
  readonly object: JsonObject;
  readonly warnings: readonly string[];
}

/** The answer to a creation. */
export interface CreationAnswer extends ObjectAnswer {
  /** Whether the status is 201, which says that this request created the object. */
  readonly isCreated: boolean;
}

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
 * Creates an object with POST, which never overwrites anything. The answer's content isn't checked, because a webhook
 * may have changed it.
 *
 * @throws KubeError, `bad-answer` when the answer is another object
 */
export async function createObject(
  client: Client,
  collection: string,
  manifest: Manifest,
  mode: WriteMode,
): Promise<CreationAnswer> {
  const { status, body, warnings } = await client.request({
    method: 'POST',
    path: collection,
    ...sentAs(mode),
    body: manifest,
    timeoutMs: WRITE_TIMEOUT_MS,
  });
  return { object: requestedObject(body, requestOf(manifest)), warnings, isCreated: status === CREATED };
}

/** Returns which object a manifest creates. */
export function requestOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): RequestedObject {
  return { apiVersion, kind, namespace, name };
}

/**
 * Changes an object with a JSON merge patch. A patch with a resourceVersion is rejected (`conflict`) when the object
 * has changed since, unless it has all that the patch sets: a proxy may send a patch twice, and the second is rejected
 * because the first was stored.
 *
 * @throws KubeError, `bad-answer` when the answer isn't this object with all that the patch sets
 */
export async function patchObject(
  client: Client,
  place: ObjectPlace,
  patch: JsonObject,
  mode: WriteMode,
): Promise<ObjectAnswer> {
  try {
    const answer = await sendPatch(client, place, patch, mode);
    requireChange(answer.object, patch);
    return answer;
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code !== 'conflict' || mode === 'dry-run') throw failure;
    const object = await readNow(client, place);
    if (object === null || !showsChange(object, patch)) throw failure;
    return { object, warnings: [] };
  }
}

/** Returns the object as it is now; null when it was deleted or recreated. @throws KubeError */
async function readNow(client: Client, { uid, ...named }: ObjectPlace): Promise<JsonObject | null> {
  const body = await readObject(client, named.path);
  if (body === null) return null;
  const object = requestedObject(body, named);
  const { metadata } = object;
  return uid === undefined || (isJsonObject(metadata) && metadata.uid === uid) ? object : null;
}

/**
 * Sends a JSON merge patch like `patchObject`, but leaves it to the caller whether the answer shows the change.
 *
 * @throws KubeError, `bad-answer` when the answer is another object
 */
export async function sendPatch(
  client: Client,
  place: ObjectPlace,
  patch: JsonObject,
  mode: WriteMode,
): Promise<ObjectAnswer> {
  const { body, warnings } = await client.request({
    method: 'PATCH',
    path: place.path,
    ...sentAs(mode),
    contentType: 'application/merge-patch+json',
    body: patch,
    timeoutMs: WRITE_TIMEOUT_MS,
  });
  return { object: requestedObject(body, place), warnings };
}

/**
 * Deletes exactly the object with this uid. One recreated under its name stays (`conflict`).
 *
 * @returns the object while it waits for its finalizers; null when it no longer exists
 * @throws KubeError, `not-found` when it didn't exist any more, `bad-answer` when nothing proves either
 */
export async function deleteObject(
  client: Client,
  place: ObjectPlace & { readonly uid: string },
  audited: AuditedWrite,
): Promise<JsonObject | null> {
  try {
    const { body } = await client.request({
      method: 'DELETE',
      path: place.path,
      headers: headersOf(audited),
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: 'Background',
        preconditions: { uid: place.uid },
      },
      timeoutMs: WRITE_TIMEOUT_MS,
    });
    return remainsOfDeleted(body, place);
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found' && (await mayExist(client, place))) throw notShown('deletion');
    throw failure;
  }
}

/** Looks again after a 404, which something else than the API server may have answered. */
async function mayExist(client: Client, place: ObjectPlace): Promise<boolean> {
  try {
    return (await readNow(client, place)) !== null;
  } catch {
    return true;
  }
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
