import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, startsWith } from '@/lib/plane/json/json-path';
import { changedPaths } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';

/** Who made a change, by the resource's managedFields. */
export interface Writer {
  readonly manager: string;
  /** RFC 3339, in whole seconds; null if the entry has none. */
  readonly at: string | null;
}

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
): Writer | null {
  const theirs = before === null ? null : changedPaths(editablePart(before), editablePart(now));
  const wanted = patchedPaths(editablePart(mine), []);
  const shared = theirs?.filter((path) => wanted.some((other) => overlap(path, other))) ?? [];
  const paths = shared.length > 0 ? shared : theirs;
  const writers = entriesOf(now).filter(({ fields }) =>
    paths === null ? ownsEditable(fields) : paths.some((path) => owns(fields, path)),
  );
  const [newest] = writers.toSorted((a, b) => timeOf(b) - timeOf(a));
  return newest ? { manager: newest.manager, at: newest.at } : null;
}

/** One manager's own fields, in the format of `fieldsV1`: `{"f:spec": {"f:planeID": {}}}`. */
interface Entry extends Writer {
  readonly fields: JsonObject;
}

function entriesOf({ metadata }: JsonObject): Entry[] {
  const entries =
    isJsonObject(metadata) && Array.isArray(metadata.managedFields) ? metadata.managedFields : [];
  return entries
    .filter(isJsonObject)
    .flatMap(({ manager, time, subresource, fieldsV1 }) =>
      typeof manager === 'string' && manager !== '' && !subresource && isJsonObject(fieldsV1)
        ? [{ manager, at: typeof time === 'string' ? time : null, fields: fieldsV1 }]
        : [],
    );
}

function timeOf({ at }: Writer): number {
  const ms = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(ms) ? 0 : ms;
}

/** Returns whether a manager owns a field, something below it, or as one value what contains it. */
function owns(fields: JsonObject, path: JsonPath): boolean {
  let at: JsonObject = fields;
  for (const segment of path) {
    // Items of a list are named by keys or values; the list as a whole is close enough.
    if (typeof segment === 'number') return true;
    const child = Object.hasOwn(at, `f:${segment}`) ? at[`f:${segment}`] : undefined;
    if (!isJsonObject(child)) return false;
    if (Object.keys(child).length === 0) return true;
    at = child;
  }
  return true;
}

function ownsEditable(fields: JsonObject): boolean {
  if (isJsonObject(fields['f:spec'])) return true;
  const metadata = isJsonObject(fields['f:metadata']) ? fields['f:metadata'] : {};
  return ['f:labels', 'f:annotations'].some((name) => {
    const group = metadata[name];
    const own = isJsonObject(group) ? Object.keys(group) : [];
    return own.some((key) => key !== '.' && key !== `f:${REFRESHED_AT_ANNOTATION}`);
  });
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
