import 'server-only';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { setField } from '@/lib/plane/json/merge-patch';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { notShown, showsChange } from '@/lib/server/kube/write-proof';
import type { Caller } from '@/lib/server/rights/caller';
import { type LivePlane, readLivePlane, sameEditablePart } from './live-plane';

/**
 * Returns the plane as a patch left it. The answer may lack the change, because a webhook altered it, or because a proxy
 * answered with an older state. Then another reading shows whether anything was stored.
 *
 * @param answered the plane in the answer to the patch
 * @throws KubeError `bad-answer` when nothing proves that the patch was stored
 */
export async function storedPlane(
  caller: Caller,
  base: LivePlane,
  patch: JsonObject,
  answered: LivePlane,
): Promise<LivePlane> {
  const lasting = withoutRefilled(patch, base.kind.schema);
  if (showsChange(base.raw, lasting)) return answered;
  if (isNewer(answered, base) && showsChange(answered.raw, lasting)) return answered;
  const now = await readLivePlane(caller, base.identity).catch(() => null);
  const isChanged =
    now?.uid === base.uid &&
    isNewer(now, base) &&
    (showsChange(now.raw, lasting) || !sameEditablePart(now.raw, base.raw));
  if (!isChanged) throw notShown('change');
  return now;
}

/**
 * Returns whether a plane, read after a conflict, has the change. A proxy may send a patch twice: the first is stored, and
 * the second is rejected because of it.
 */
export function isStoredMeanwhile(base: LivePlane, patch: JsonObject, now: LivePlane): boolean {
  const lasting = withoutRefilled(patch, base.kind.schema);
  return now.uid === base.uid && !showsChange(base.raw, lasting) && showsChange(now.raw, lasting);
}

/** Leaves out the removal of fields with a default, because the API server fills them in again. */
function withoutRefilled(patch: JsonObject, node: SchemaNode | undefined): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(patch)) {
    const child = childNode(node, name);
    if (value === null && child?.default !== undefined) continue;
    setField(kept, name, isJsonObject(value) ? withoutRefilled(value, child) : value);
  }
  return kept;
}

/** In practice, the API server counts versions up. */
function isNewer({ resourceVersion: a }: LivePlane, { resourceVersion: b }: LivePlane): boolean {
  const areNumbers = [a, b].every((version) => /^\d+$/.test(version));
  return areNumbers ? BigInt(a) > BigInt(b) : a !== b;
}
