import type { ShownEntry, ShownWrite } from './connection-change';
import type { FieldPath } from './traced-fields';

/** Saved fields that someone wrote again. */
export interface Overwritten {
  /** RFC 3339. */
  readonly at: string;
  /** Who wrote, for use after "by". */
  readonly by: string;
  readonly fields: readonly FieldPath[];
  /** Whether they have the values from before the save again, rather than other ones. */
  readonly isRevert: boolean;
}

interface Touch {
  readonly at: string;
  readonly write: ShownWrite & { readonly by: string };
}

/**
 * Returns which fields of a save no longer have the saved values, by the write that changed them last. Empty if the
 * history doesn't have the save yet.
 *
 * @param entries newest first
 * @param resourceVersion the version that the save created
 */
export function overwrittenFields(entries: readonly ShownEntry[], resourceVersion: string): Overwritten[] {
  const writes = entries
    .flatMap(({ at, write }): Touch[] =>
      // A change of a Secret changes no field of the plane.
      write && write.by !== null ? [{ at, write: { ...write, by: write.by } }] : [],
    )
    .toReversed();
  const saves = writes.filter(({ write }) => write.resourceVersion === resourceVersion);
  const last = saves.at(-1);
  if (!last) return [];
  const later = writes.slice(writes.indexOf(last) + 1);
  const found = new Map<string, Overwritten>();
  for (const { path } of saves.flatMap(({ write }) => write.fields)) {
    const change = changeOf(path, later, resourceVersion);
    if (!change) continue;
    const { at, write, isRevert } = change;
    const key = JSON.stringify([write.resourceVersion, write.by, isRevert]);
    const fields = [...(found.get(key)?.fields ?? []), path];
    found.set(key, { at, by: write.by, fields, isRevert });
  }
  return [...found.values()];
}

/** Returns the write that a field has its value from; undefined if it has the saved one. */
function changeOf(
  path: FieldPath,
  later: readonly Touch[],
  saved: string,
): (Touch & Pick<Overwritten, 'isRevert'>) | undefined {
  // Values are named by the versions that brought them; null is the one from before the save.
  const before = new Map<string, string | null>([[saved, null]]);
  let value: string | null = saved;
  let last: Touch | undefined;
  for (const touch of later) {
    const { fields, resourceVersion, takesBack } = touch.write;
    if (!fields.some((field) => overlaps(field.path, path))) continue;
    const restored: string | null | undefined = takesBack && before.get(takesBack.resourceVersion);
    before.set(resourceVersion, value);
    value = restored === undefined ? resourceVersion : restored;
    last = touch;
  }
  return last && value !== saved ? { ...last, isRevert: value === null } : undefined;
}

/** Returns whether two paths are equal, or one lies within the other. */
export function overlaps(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.slice(0, b.length).every((name, index) => String(name) === String(b[index]));
}
