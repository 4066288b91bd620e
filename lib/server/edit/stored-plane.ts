import 'server-only';
import type { FieldPath } from '@/lib/plane/history/traced-fields';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { setField } from '@/lib/plane/json/merge-patch';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { fieldsNotStored, notShown } from '@/lib/server/kube/write-proof';
import type { Caller } from '@/lib/server/rights/caller';
import { isDroppedByAdmission } from './dropped-patch';
import { type LivePlane, readLivePlane, sameEditablePart } from './live-plane';

/** A plane as a patch left it. */
export interface StoredPlane {
  readonly plane: LivePlane;
  /** The fields of the patch that it doesn't have as requested, because admission or another user changed them. */
  readonly notStored: readonly FieldPath[];
}

/**
 * Returns the plane as a patch left it. The answer may lack the change, because a webhook altered it, or because a proxy
 * answered with an older state. Then another reading shows whether anything was stored.
 *
 * @param answered the plane in the answer to the patch
 * @throws KubeError `bad-answer` when nothing proves what became of the patch
 */
export async function storedPlane(
  caller: Caller,
  base: LivePlane,
  patch: JsonObject,
  answered: LivePlane,
): Promise<StoredPlane> {
  const latest = isNewer(answered, base) ? answered : base;
  if (planeFieldsNotStored(latest, patch).length === 0) return { plane: latest, notStored: [] };
  const now = await readLivePlane(caller, base.identity).catch(() => null);
  if (now === null || now.uid !== base.uid) throw notShown('change');
  const notStored = planeFieldsNotStored(now, patch);
  const isSame = sameEditablePart(now.raw, base.raw);
  const isStored = isNewer(now, base) && (notStored.length === 0 || !isSame);
  if (isStored || (isSame && (await isDroppedByAdmission(caller, now, patch))))
    return { plane: now, notStored };
  throw notShown('change');
}

/**
 * Returns whether a plane, read after a conflict, has the change. A proxy may send a patch twice: the first is stored, and
 * the second is rejected because of it.
 */
export function isStoredMeanwhile(base: LivePlane, patch: JsonObject, now: LivePlane): boolean {
  return (
    now.uid === base.uid &&
    planeFieldsNotStored(base, patch).length > 0 &&
    planeFieldsNotStored(now, patch).length === 0
  );
}

/** Returns the fields of a patch that a plane doesn't have as requested. */
export function planeFieldsNotStored({ raw, kind }: LivePlane, patch: JsonObject): FieldPath[] {
  return fieldsNotStored(raw, withDefaults(patch, kind.schema));
}

/** Sets fields that have a default instead of removing them, because the API server fills them in again. */
function withDefaults(patch: JsonObject, node: SchemaNode | undefined): JsonObject {
  const filled: JsonObject = {};
  for (const [name, value] of Object.entries(patch)) {
    const child = childNode(node, name);
    const stored = value === null && child?.default !== undefined ? (child.default as Json) : value;
    setField(filled, name, isJsonObject(stored) ? withDefaults(stored, child) : stored);
  }
  return filled;
}

/** In practice, the API server counts versions up. */
function isNewer({ resourceVersion: a }: LivePlane, { resourceVersion: b }: LivePlane): boolean {
  const areNumbers = [a, b].every((version) => /^\d+$/.test(version));
  return areNumbers ? BigInt(a) > BigInt(b) : a !== b;
}
