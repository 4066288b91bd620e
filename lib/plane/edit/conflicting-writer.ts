import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, startsWith } from '@/lib/plane/json/json-path';
import { changedPaths } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { type FieldWriter, FieldWriters } from '@/lib/plane/model/field-writers';

/**
 * Returns the field manager that made a conflicting change: the newest one that owns a field which differs from the
 * earlier state, and first of all one that the edit changes too. A status, finalizers or a refresh never conflict, so
 * their writers aren't named. Null if the managed fields don't show who it was: nobody owns a field that was removed.
 *
 * @param now the resource as the API server serves it, managed fields included
 * @param before the state that the edit is based on; null: unknown, then any editable field counts
 * @param mine the merge patch of the edit
 */
export function conflictingWriter(
  now: JsonObject,
  before: JsonObject | null,
  mine: JsonObject,
): FieldWriter | null {
  const theirs = changedPaths(editablePart(before ?? {}), editablePart(now));
  const wanted = patchedPaths(editablePart(mine), []);
  const shared = before ? theirs.filter((path) => wanted.some((other) => overlap(path, other))) : [];
  const writers = new FieldWriters(now);
  const [newest] = (shared.length > 0 ? shared : theirs)
    .flatMap((path) => writers.ofValue(fieldOf(path)) ?? [])
    .toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
  return newest ?? null;
}

/** Items of a list are owned by keys or values. The list as a whole is close enough. */
function fieldOf(path: JsonPath): string[] {
  const index = path.findIndex((segment) => typeof segment === 'number');
  return path.slice(0, index < 0 ? path.length : index).map(String);
}

function editablePart({ metadata, spec }: JsonObject): JsonObject {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {};
  const { [REFRESHED_AT_ANNOTATION]: _refreshedAt, ...own } = isJsonObject(annotations) ? annotations : {};
  return {
    metadata: { labels: isJsonObject(labels) ? labels : {}, annotations: own },
    spec: isJsonObject(spec) ? spec : {},
  };
}

/** Returns the paths that a merge patch sets or removes. */
function patchedPaths(patch: Json, path: JsonPath): JsonPath[] {
  if (!isJsonObject(patch)) return [path];
  return Object.entries(patch).flatMap(([name, child]) => patchedPaths(child, [...path, name]));
}

function overlap(a: JsonPath, b: JsonPath): boolean {
  return startsWith(a, b) || startsWith(b, a);
}
