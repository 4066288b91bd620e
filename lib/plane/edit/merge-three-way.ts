import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { fieldNames, fieldOf, sameJson, setField } from '@/lib/plane/json/merge-patch';
import { holdsMask } from '@/lib/plane/masking/mask';

/** A path that both sides changed, each in its own way. Undefined means absent. */
export interface EditConflict {
  readonly path: JsonPath;
  readonly base: Json | undefined;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

export interface ThreeWayMerge {
  /** Both sides' changes. In a conflict it holds their value, which is the stored one. */
  readonly merged: JsonObject;
  readonly conflicts: readonly EditConflict[];
}

/**
 * Merges two people's changes to the same object. A list is one value: two changes to it are a conflict. A mask hides
 * any stored value, so replacing a secret that is masked on the other side is also a conflict, unless `sameSecrets`
 * rules out that they replaced it too.
 *
 * @param base the version both started from
 * @param mine my unsaved version
 * @param theirs the stored version
 * @param options.sameSecrets whether they changed no secret of the `spec`, because its generation is the same.
 *   Applies to whole resources only: no number counts changes to annotations.
 */
export function mergeThreeWay(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  { sameSecrets = false }: { readonly sameSecrets?: boolean } = {},
): ThreeWayMerge {
  const merge: Merge = { conflicts: [], sameSecrets };
  return { merged: mergeObjects(base, mine, theirs, [], merge), conflicts: merge.conflicts };
}

interface Merge {
  readonly conflicts: EditConflict[];
  readonly sameSecrets: boolean;
}

function mergeObjects(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  path: JsonPath,
  merge: Merge,
): JsonObject {
  const merged: JsonObject = {};
  const names = [...new Set([...Object.keys(theirs), ...fieldNames(base, mine)])];
  for (const name of names) {
    const value = mergeValues(
      fieldOf(base, name),
      fieldOf(mine, name),
      fieldOf(theirs, name),
      [...path, name],
      merge,
    );
    if (value !== undefined) setField(merged, name, value);
  }
  return merged;
}

function mergeValues(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: JsonPath,
  merge: Merge,
): Json | undefined {
  if (sameJson(mine, theirs) || sameJson(base, mine)) return theirs;
  if (isJsonObject(mine) && isJsonObject(theirs)) {
    // Both sides added the group, so there is no common base.
    return mergeObjects(isJsonObject(base) ? base : {}, mine, theirs, path, merge);
  }
  if (sameJson(base, theirs) && (isKnownSame(path, merge) || !holdsMask(theirs))) return mine;
  merge.conflicts.push({ path, base, mine, theirs });
  return theirs;
}

function isKnownSame([top]: JsonPath, { sameSecrets }: Merge): boolean {
  return sameSecrets && top === 'spec';
}
