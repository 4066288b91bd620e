import { isJsonObject, type Json, type JsonObject } from './json';
import type { JsonPath } from './json-path';
import { holdsMask } from './mask';
import { fieldNames, fieldOf, sameJson, setField } from './merge-patch';

/** A place that both sides changed, each in its own way. Undefined: there is nothing there. */
export interface EditConflict {
  readonly path: JsonPath;
  readonly base: Json | undefined;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}

export interface ThreeWayMerge {
  /** Both sides' changes; where they are in conflict, theirs stands, since theirs is what is stored. */
  readonly merged: JsonObject;
  readonly conflicts: readonly EditConflict[];
}

/**
 * Puts together what two people made of the same object. Lists are one value: two changes of one list are a conflict.
 * A mask stands for whatever is stored, so a secret that I replaced while it is masked on the other side is a conflict
 * as well: it cannot be told whether they replaced it too, unless it is known that nobody did.
 *
 * @param base what both began with
 * @param mine what I made of it and have not written
 * @param theirs what is stored now
 * @param options.sameSecrets that they changed no secret of the `spec`, as when its generation is the same: of whole
 *   resources only, since no number counts the changes of annotations
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
    // Added by both: there is nothing that both began with.
    return mergeObjects(isJsonObject(base) ? base : {}, mine, theirs, path, merge);
  }
  if (sameJson(base, theirs) && (isKnownSame(path, merge) || !holdsMask(theirs))) return mine;
  merge.conflicts.push({ path, base, mine, theirs });
  return theirs;
}

function isKnownSame([top]: JsonPath, { sameSecrets }: Merge): boolean {
  return sameSecrets && top === 'spec';
}
