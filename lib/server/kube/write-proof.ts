import 'server-only';
import type { FieldPath } from '@/lib/plane/history/traced-fields';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { fieldOf } from '@/lib/plane/json/merge-patch';
import { z } from '@/lib/zod';
import { KubeError } from './kube-error';
import { type RequestedObject, requestedObject } from './requested-object';

/**
 * Decides whether an answer proves that a write was stored. A proxy in front of the API server may answer in its place,
 * or with an older answer. A write without a proof has an unknown outcome.
 */

/** The answer to a DELETE after which the object no longer exists. */
const deletedSchema = z.object({
  apiVersion: z.literal('v1'),
  kind: z.literal('Status'),
  status: z.literal('Success'),
  details: z.object({ name: z.string().optional(), uid: z.string().optional() }).nullish(),
});

/** @throws KubeError `bad-answer` when the object in an answer lacks something that the patch sets */
export function requireChange(object: JsonObject, patch: JsonObject): void {
  if (!showsChange(object, patch)) throw notShown('change');
}

/** Returns whether an object already is as a merge patch makes it. The resourceVersion doesn't count. */
export function showsChange(object: JsonObject, patch: JsonObject): boolean {
  return fieldsNotStored(object, patch).length === 0;
}

/**
 * Returns the fields of a merge patch that an object doesn't have as requested. Other fields may come on top, such as
 * defaults, in the items of lists too. The resourceVersion doesn't count.
 */
export function fieldsNotStored(object: JsonObject, { metadata, ...patch }: JsonObject): FieldPath[] {
  const { resourceVersion: _, ...changed } = isJsonObject(metadata) ? metadata : {};
  return differences(object, { ...patch, metadata: changed }, []);
}

/** The API server leaves out maps that a patch empties. */
function differences(found: Json | undefined, wanted: Json, path: FieldPath): FieldPath[] {
  if (isJsonObject(wanted) && (found === undefined || isJsonObject(found)))
    return Object.entries(wanted).flatMap(([name, value]) =>
      differences(fieldOf(found ?? {}, name), value, [...path, name]),
    );
  return isStored(found, wanted) ? [] : [path];
}

function isStored(found: Json | undefined, wanted: Json): boolean {
  if (wanted === null) return found === undefined || found === null;
  if (!Array.isArray(wanted)) return found === wanted;
  return (
    Array.isArray(found) &&
    found.length === wanted.length &&
    wanted.every((item, index) => differences(found[index], item, []).length === 0)
  );
}

/**
 * Returns the object in the answer to its deletion while it waits for its finalizers; null when it no longer exists.
 *
 * @throws KubeError `bad-answer` when the answer proves neither
 */
export function remainsOfDeleted(body: unknown, wanted: RequestedObject): JsonObject | null {
  const deleted = deletedSchema.safeParse(body).data;
  if (deleted && isAbout(deleted.details ?? {}, wanted)) return null;
  const object = requestedObject(body, wanted);
  const { metadata } = object;
  if (isJsonObject(metadata) && typeof metadata.deletionTimestamp === 'string') return object;
  throw notShown('deletion');
}

/** Some API servers name the object in the answer to its deletion. */
function isAbout(
  { name, uid }: { readonly name?: string | undefined; readonly uid?: string | undefined },
  wanted: RequestedObject,
): boolean {
  return (name ?? wanted.name) === wanted.name && (uid ?? wanted.uid) === wanted.uid;
}

/** @param what was requested, such as "change" or "deletion" */
export function notShown(what: string): KubeError {
  return new KubeError(
    'bad-answer',
    `The response doesn't show the ${what}. A policy or webhook may remove it, or a proxy may answer instead of the API server.`,
  );
}
