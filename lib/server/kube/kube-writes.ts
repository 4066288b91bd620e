import 'server-only';
import { FIELD_MANAGER } from '@/lib/plane/model/annotations';
import type { PlannedObject, PlannedSecret } from '@/lib/server/registration/planned-object';
import type { Caller } from '@/lib/server/rights/caller';
import type { KubeAnswer } from './kube-client';
import { asKubeError } from './kube-error';
import { encodedData, type LiveObject, readLiveObject } from './live-object';

const WRITE_TIMEOUT_MS = 10_000;
const READ_TIMEOUT_MS = 5000;

/** How every object is written: nothing that the schema lacks is dropped in silence, and its fields have an owner. */
const WRITE_QUERY = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

/** Creates an object with POST, which never overwrites anything. Throws a KubeError. */
export async function createObject(caller: Caller, planned: PlannedObject): Promise<LiveObject> {
  return readLiveObject((await post(caller, planned, {})).body);
}

/** Has the API server do all of it but the storing, and returns what it warns of. Throws a KubeError. */
export async function tryToCreate(caller: Caller, planned: PlannedObject): Promise<readonly string[]> {
  return (await post(caller, planned, { dryRun: 'All' })).warnings;
}

function post(
  caller: Caller,
  { collection, manifest }: PlannedObject,
  query: Readonly<Record<string, string>>,
): Promise<KubeAnswer> {
  return caller.client.request({
    method: 'POST',
    path: collection,
    query: { ...WRITE_QUERY, ...query },
    body: manifest,
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

/** The object as it is now; null when there is none. Throws a KubeError. */
export async function readObject(caller: Caller, { path }: PlannedObject): Promise<LiveObject | null> {
  try {
    return readLiveObject((await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS })).body);
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return null;
    throw failure;
  }
}

/** Gives a Secret of this registration its present data; refused when somebody changed it since. Throws a KubeError. */
export async function replaceSecret(
  caller: Caller,
  { path, manifest }: PlannedSecret,
  live: LiveObject,
): Promise<void> {
  const { labels, annotations } = manifest.metadata;
  const without = Object.fromEntries(Object.keys(live.data ?? {}).map((key) => [key, null]));
  await caller.client.request({
    method: 'PATCH',
    path,
    query: WRITE_QUERY,
    contentType: 'application/merge-patch+json',
    body: {
      metadata: { resourceVersion: live.metadata.resourceVersion, labels, annotations },
      data: { ...without, ...encodedData(manifest.stringData) },
    },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

/** Deletes exactly this object: one that took its name meanwhile has another uid and stays. Throws a KubeError. */
export async function deleteObject(caller: Caller, { path }: PlannedObject, uid: string): Promise<void> {
  await caller.client.request({
    method: 'DELETE',
    path,
    body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}
