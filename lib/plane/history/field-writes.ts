import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import type { FieldWriter, FieldWriters } from '@/lib/plane/model/field-writers';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { type FieldPath, secretPath } from './traced-fields';

/** A field that a write changed, without its values. */
export interface WrittenField {
  readonly path: FieldPath;
  readonly change: 'added' | 'changed' | 'removed';
}

/** What a write is about. A write of several of these is reported once for each. */
export type WriteSubject = 'spec' | 'metadata' | 'maintenance' | 'credential';

/** One writer's changes to a plane between two versions that this server saw. */
export interface FieldWrite {
  readonly subject: WriteSubject;
  /** The version that contains it. */
  readonly resourceVersion: string;
  /** Null: managedFields don't say. */
  readonly by: FieldWriter | null;
  readonly fields: readonly WrittenField[];
  /**
   * The earlier change that it takes back, with all changes of its fields since: they have the values from before that
   * change again.
   */
  readonly takesBack?: Pick<FieldWrite, 'resourceVersion' | 'by'>;
  /** Whether the plane was connected before it, although its status no longer says so. */
  readonly wasConnected?: boolean;
}

/**
 * Returns a change of a Secret that holds a credential of a plane as a write. Who made it isn't known, and its version is
 * the change's own id.
 *
 * @param wasConnected whether the plane was connected when the Secret was read before
 */
export function secretWrite(
  change: {
    readonly id: string;
    readonly secret: string;
    readonly key: string;
    readonly slot: string;
    readonly what: 'changed' | 'removed';
    readonly takesBack?: string;
  },
  wasConnected: boolean,
): FieldWrite {
  const { id, secret, key, slot, what, takesBack } = change;
  return {
    subject: 'credential',
    resourceVersion: id,
    by: null,
    fields: [{ path: secretPath(secret, key, slot), change: what }],
    ...(takesBack === undefined ? {} : { takesBack: { resourceVersion: takesBack, by: null } }),
    wasConnected,
  };
}

/** A field with a hash of its value, which tells only whether two values are equal. */
export interface HashedField {
  readonly path: FieldPath;
  /** The path as one text. */
  readonly key: string;
  readonly hash: string;
}

/** An earlier change of a field. */
export interface EarlierChange {
  /** The hash of its value before; undefined: it didn't exist. */
  readonly hashBefore: string | undefined;
  readonly write: Pick<FieldWrite, 'resourceVersion' | 'by'>;
}

/** A field that differs between two versions. */
export interface FieldDifference extends WrittenField {
  readonly key: string;
  readonly hashBefore: string | undefined;
  readonly hash: string | undefined;
}

/** Returns the fields that differ between two versions of a plane. */
export function fieldDifferences(
  before: Iterable<HashedField>,
  after: Iterable<HashedField>,
): FieldDifference[] {
  const earlier = new Map([...before].map((field) => [field.key, field]));
  const found: FieldDifference[] = [];
  for (const { key, path, hash } of after) {
    const hashBefore = earlier.get(key)?.hash;
    earlier.delete(key);
    if (hashBefore === hash) continue;
    found.push({ key, path, change: hashBefore === undefined ? 'added' : 'changed', hashBefore, hash });
  }
  for (const { key, path, hash } of earlier.values())
    found.push({ key, path, change: 'removed', hashBefore: hash, hash: undefined });
  return found.filter(({ path }) => !found.some((other) => isBelow(other.path, path)));
}

/** An empty group is a field itself. When its first field is added, only that field counts, and so with the last one. */
function isBelow(path: FieldPath, group: FieldPath): boolean {
  return path.length > group.length && group.every((name, index) => path[index] === name);
}

/**
 * Groups the differences of two versions by who wrote them and what they are about.
 *
 * @param sinceMs `FieldWriters.newestMs` of the earlier version
 * @param changesOf the changes of a field that this server saw, newest first, by the field's key
 */
export function fieldWrites(
  differences: readonly FieldDifference[],
  version: { readonly resourceVersion: string; readonly writers: FieldWriters; readonly sinceMs: number },
  changesOf: (key: string) => readonly EarlierChange[],
): FieldWrite[] {
  const groups = new Map<string, FieldWrite & { fields: WrittenField[] }>();
  for (const { key, path, change, hash } of differences) {
    const subject = subjectOf(path);
    // The record of a replacement ends with its old material, which changes nothing of the credential.
    if (subject === 'credential' && change === 'removed') continue;
    const by =
      change === 'removed' ? version.writers.ofRemoval(version.sinceMs) : version.writers.ofValue(path);
    const takesBack = changesOf(key).find(({ hashBefore }) => hashBefore === hash)?.write;
    const group = JSON.stringify([subject, by?.manager ?? null, takesBack?.resourceVersion ?? null]);
    const write = groups.get(group);
    if (write) write.fields.push({ path, change });
    else
      groups.set(group, {
        subject,
        resourceVersion: version.resourceVersion,
        by,
        fields: [{ path, change }],
        ...(takesBack ? { takesBack } : {}),
      });
  }
  return [...groups.values()];
}

function subjectOf([top, , name]: FieldPath): WriteSubject {
  if (top === 'spec') return 'spec';
  if (name === MAINTENANCE_UNTIL_ANNOTATION || name === MAINTENANCE_REASON_ANNOTATION) return 'maintenance';
  return name === REPLACED_ANNOTATION ? 'credential' : 'metadata';
}
