import 'server-only';
import { hash, randomBytes } from 'node:crypto';
import {
  type EarlierChange,
  type FieldWrite,
  fieldDifferences,
  fieldWrites,
  type HashedField,
} from '@/lib/plane/history/field-writes';
import {
  annotationFields,
  type FieldPath,
  rowFields,
  specFields,
  type TracedField,
} from '@/lib/plane/history/traced-fields';
import { FieldWriters } from '@/lib/plane/model/field-writers';
import type { Plane } from '@/lib/plane/model/plane';

/** Of each value, 48 bits of a hash are kept, one byte a character. */
const HASH_LENGTH = 6;
/** Planes have few different sets of fields, which they share. */
const MAX_SHAPES = 2000;
const MAX_KEYS = 20_000;
/** Planes whose changes are remembered, so that a change that takes one back is recognized. */
const MAX_CHANGED_PLANES = 2000;
const MAX_CHANGED_FIELDS = 50;
/** More attempts than people make before they set the first value again. */
const MAX_CHANGES_OF_FIELD = 10;

/** The paths of a plane's fields, each as one text. */
type Shape = readonly string[];

/** Fields with a hash of each value. */
interface HashedFields {
  readonly shape: Shape;
  readonly hashes: string;
}

const NOTHING: HashedFields = { shape: [], hashes: '' };

/** What is kept of a plane's fields. */
export interface FieldDigest {
  readonly spec: HashedFields;
  readonly annotations: HashedFields;
  /** The row, which has the other fields. The fleet keeps it anyway. */
  readonly plane: Plane;
  /** When spec or metadata were last written, by managedFields. */
  readonly writtenAtMs: number;
}

/** A plane's digest, and the changes since the version before, if this process saw one. */
export interface ReadFields {
  readonly digest: FieldDigest;
  readonly writes: readonly FieldWrite[];
}

/**
 * Recognizes which fields of a plane changed and who changed them, although no object is kept. Hashes are made with a
 * key that only this process has, so they don't match those of guessed secrets made elsewhere.
 */
export class FieldDigests {
  private readonly key = randomBytes(32).toString('base64');
  private readonly digests = new Map<string, FieldDigest>();
  private readonly shapes = new Map<string, Shape>();
  private readonly keys = new Map<string, string>();
  /** The last changes of each plane's fields, by uid and then by the field's key; the latest last, of a field first. */
  private readonly lastChanges = new Map<string, Map<string, readonly EarlierChange[]>>();

  /**
   * Reads the fields of a resource and compares them with the tracked version. Keeps nothing.
   *
   * @param plane its row
   */
  read(plane: Plane, raw: unknown): ReadFields {
    const writers = new FieldWriters(raw);
    const before = this.digests.get(plane.uid);
    const digest = this.digestOf(plane, raw, writers.newestMs, before);
    if (!before) return { digest, writes: [] };
    const last = this.lastChanges.get(plane.uid);
    const writes = fieldWrites(
      before.spec === digest.spec && before.annotations === digest.annotations
        ? fieldDifferences(fieldsOfRow(before), fieldsOfRow(digest))
        : fieldDifferences(allFieldsOf(before), allFieldsOf(digest)),
      { resourceVersion: plane.resourceVersion, writers, sinceMs: before.writtenAtMs },
      (key) => last?.get(key) ?? [],
    );
    return { digest, writes };
  }

  /** Tracks a version that was read. */
  track({ digest, writes }: ReadFields): void {
    const { uid } = digest.plane;
    const before = this.digests.get(uid);
    this.digests.set(uid, digest);
    if (before && writes.length > 0) this.remember(uid, before, writes);
  }

  forget(uid: string): void {
    this.digests.delete(uid);
    this.lastChanges.delete(uid);
  }

  private remember(uid: string, before: FieldDigest, writes: readonly FieldWrite[]): void {
    const hashes = new Map(allFieldsOf(before).map((field) => [field.key, field.hash]));
    const changes = this.lastChanges.get(uid) ?? new Map<string, readonly EarlierChange[]>();
    for (const { resourceVersion, by, fields } of writes) {
      for (const { path } of fields) {
        const key = keyOf(path);
        const change = { hashBefore: hashes.get(key), write: { resourceVersion, by } };
        const earlier = changes.get(key)?.slice(0, MAX_CHANGES_OF_FIELD - 1) ?? [];
        changes.delete(key);
        changes.set(key, [change, ...earlier]);
      }
    }
    for (const key of changes.keys()) {
      if (changes.size <= MAX_CHANGED_FIELDS) break;
      changes.delete(key);
    }
    this.lastChanges.delete(uid);
    this.lastChanges.set(uid, changes);
    const [oldest] = this.lastChanges.keys();
    if (this.lastChanges.size > MAX_CHANGED_PLANES && oldest !== undefined) this.lastChanges.delete(oldest);
  }

  /** Hashes the spec only if it changed, because hashing takes longer than everything else that a status needs. */
  private digestOf(plane: Plane, raw: unknown, writtenAtMs: number, before?: FieldDigest): FieldDigest {
    const isSameSpec = before && plane.generation > 0 && before.plane.generation === plane.generation;
    const spec = isSameSpec ? before.spec : this.hashed(specFields(raw));
    const annotations = this.hashed(annotationFields(raw));
    const isSame = before && sameFields(before.annotations, annotations);
    return { spec, annotations: isSame ? before.annotations : annotations, plane, writtenAtMs };
  }

  private hashed(fields: readonly TracedField[]): HashedFields {
    if (fields.length === 0) return NOTHING;
    const hashes = fields.map(({ json }) =>
      hash('sha256', `${this.key}${json}`, 'binary').slice(0, HASH_LENGTH),
    );
    return { shape: this.shapeOf(fields), hashes: hashes.join('') };
  }

  private shapeOf(fields: readonly { readonly path: FieldPath }[]): Shape {
    const keys = fields.map(({ path }) => keyOf(path));
    const id = keys.join('\n');
    const known = this.shapes.get(id);
    if (known) return known;
    if (this.shapes.size >= MAX_SHAPES) this.shapes.clear();
    const shape = keys.map((key) => this.sharedKey(key));
    this.shapes.set(id, shape);
    return shape;
  }

  private sharedKey(key: string): string {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    if (this.keys.size >= MAX_KEYS) this.keys.clear();
    this.keys.set(key, key);
    return key;
  }
}

/** No name in a resource has this character. */
const SEPARATOR = '\u0000';

function keyOf(path: FieldPath): string {
  return path.join(SEPARATOR);
}

function allFieldsOf(digest: FieldDigest): HashedField[] {
  return [...hashedFieldsOf(digest.spec), ...hashedFieldsOf(digest.annotations), ...fieldsOfRow(digest)];
}

/** Shapes are shared, so those of equal fields are the same. */
function sameFields(a: HashedFields, b: HashedFields): boolean {
  return a.shape === b.shape && a.hashes === b.hashes;
}

function hashedFieldsOf({ shape, hashes }: HashedFields): HashedField[] {
  return shape.map((key, index) => ({
    key,
    path: key.split(SEPARATOR),
    hash: hashes.slice(index * HASH_LENGTH, (index + 1) * HASH_LENGTH),
  }));
}

function fieldsOfRow({ plane }: FieldDigest): HashedField[] {
  return rowFields(plane).map(({ path, json }) => ({ path, key: keyOf(path), hash: json }));
}
