import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { parseTimeMs } from '@/lib/plane/time/age';
import { shownMessage } from './shown-text';

/** Who wrote a field, by the resource's managedFields. */
export interface FieldWriter {
  /** Masked if it contains a secret. */
  readonly manager: string;
  /** When the manager last changed a value, milliseconds since the epoch, in whole seconds; null: not recorded. */
  readonly atMs: number | null;
}

/** The longest name that the API server accepts for a field manager. */
const MAX_MANAGER_LENGTH = 128;

interface Entry extends FieldWriter {
  readonly fields: JsonObject;
}

/** Reads who wrote which field of a resource. Entries that can't be read count as absent. Never throws. */
export class FieldWriters {
  private readonly entries: readonly Entry[];

  /** @param raw the resource as the API server serves it; must not be kept longer than this object is used */
  constructor(raw: unknown) {
    const metadata = isJsonObject(raw) && isJsonObject(raw.metadata) ? raw.metadata : {};
    const fields = Array.isArray(metadata.managedFields) ? metadata.managedFields : [];
    this.entries = fields.flatMap((field): Entry[] => {
      if (!isJsonObject(field) || field.subresource || !isJsonObject(field.fieldsV1)) return [];
      if (typeof field.manager !== 'string' || field.manager === '') return [];
      const atMs = typeof field.time === 'string' ? parseTimeMs(field.time) : null;
      return [{ manager: shownMessage(field.manager, MAX_MANAGER_LENGTH), atMs, fields: field.fieldsV1 }];
    });
  }

  /** The newest write of spec and metadata, milliseconds since the epoch; 0: none is recorded. */
  get newestMs(): number {
    return Math.max(0, ...this.entries.map(({ atMs }) => atMs ?? 0));
  }

  /**
   * Returns who set a field to its value; null: unknown. A manager that changes a value becomes its only owner, so of
   * several owners the latest agreed with the others or changed it.
   */
  ofValue(path: readonly string[]): FieldWriter | null {
    const [writer] = this.entries
      .filter(({ fields }) => ownsPath(fields, path))
      .toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0));
    return writer ? writerOf(writer) : null;
  }

  /**
   * Returns who removed a field; null: unknown. managedFields don't record a removal itself, so this is the only
   * manager that has written since then.
   *
   * @param sinceMs `newestMs` of the version that had the field
   */
  ofRemoval(sinceMs: number): FieldWriter | null {
    const later = this.entries.filter(({ atMs }) => atMs !== null && atMs > sinceMs);
    const [writer] = later;
    return writer && later.length === 1 ? writerOf(writer) : null;
  }
}

function writerOf({ manager, atMs }: Entry): FieldWriter {
  return { manager, atMs };
}

/** Returns whether a set of fields contains a path. Of an atomic value, the set contains only its own path. */
function ownsPath(fields: JsonObject, path: readonly string[]): boolean {
  let node = fields;
  for (const [index, name] of path.entries()) {
    const key = `f:${name}`;
    const child = Object.hasOwn(node, key) ? node[key] : undefined;
    if (!isJsonObject(child)) return index > 0 && Object.keys(node).length === 0;
    node = child;
  }
  return true;
}
