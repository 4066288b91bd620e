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
  readonly write: ShownWrite;
}

/**
 * Returns which fields of a save no longer have the saved values, by the write that changed them last. Empty if the
 * history doesn't have the save yet.
 *
 * @param entries newest first
 * @param resourceVersion the version that the save created
 */
export function overwrittenFields(entries: readonly ShownEntry[], resourceVersion: string): Overwritten[] {
  const writes = entries.flatMap(({ at, write }): Touch[] => (write ? [{ at, write }] : [])).toReversed();
  const saves = writes.filter(({ write }) => write.resourceVersion === resourceVersion);
  const last = saves.at(-1);
  if (!last) return [];
  const later = writes.slice(writes.indexOf(last) + 1);
  const found = new Map<ShownWrite, Overwritten>();
  for (const { path } of saves.flatMap(({ write }) => write.fields)) {
    const touch = lastTouch(later, path);
    if (!touch) continue;
    const { at, write } = touch;
    const fields = [...(found.get(write)?.fields ?? []), path];
    found.set(write, { at, by: write.by, fields, isRevert: write.takesBack !== undefined });
  }
  return [...found.values()];
}

/** Returns the write that a field has its value from; undefined if that's the saved one. */
function lastTouch(later: readonly Touch[], path: FieldPath): Touch | undefined {
  const touches = later.filter(({ write }) => write.fields.some((field) => overlaps(field.path, path)));
  const [first] = touches;
  const last = touches.at(-1);
  // Taking back the first later write restores the saved value.
  return last?.write.takesBack?.resourceVersion === first?.write.resourceVersion ? undefined : last;
}

/** Returns whether two paths are equal, or one lies within the other. */
export function overlaps(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.slice(0, b.length).every((name, index) => String(name) === String(b[index]));
}
