import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, pathKey, startsWith, valueAt } from '@/lib/plane/json/json-path';
import { changedPaths } from '@/lib/plane/json/merge-patch';
import { planeTextField } from '@/lib/plane/model/plane-texts';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { EditSession } from './edit-session';

/** Returns the names of the form's fields that differ from the current plane, and of the groups around them. */
export function changedFields({ base, object }: EditSession, kind: InstalledKind): ReadonlySet<string> {
  const slots = credentialSlots(kind);
  const namesOf = (path: JsonPath): string[] => {
    const [top, group, name] = path;
    if (top === 'metadata') {
      const field = group === 'annotations' ? planeTextField(String(name)) : undefined;
      return field === undefined ? [] : [field];
    }
    const slot = slots.find((one) => startsWith(path, ['spec', ...one.path]));
    const groups = path.map((_, index) => pathKey(path.slice(0, index + 1))).slice(1);
    return slot ? [...groups, pathKey(['credentials', slot.id])] : groups;
  };
  const paths = changedPaths(base.object, object);
  return new Set(
    paths.flatMap((path) => [...leavesAt(base.object, path), ...leavesAt(object, path)]).flatMap(namesOf),
  );
}

/** Returns the paths of all values below a path: a group that was added or removed differs as a whole. */
function leavesAt(object: JsonObject, path: JsonPath): JsonPath[] {
  const value = valueAt(object, path);
  if (!isJsonObject(value)) return [path];
  return Object.keys(value).flatMap((name) => leavesAt(object, [...path, name]));
}
