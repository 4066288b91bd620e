import type { FleetPlane } from '@/lib/api/fleet';
import type { JsonObject } from '@/lib/plane/json/json';
import { type ReadColumn, readColumn, type TableColumn } from '@/lib/plane/json/json-table';

/** A plane of a snapshot by columns. */
export type TablePlane = FleetPlane & { readonly nextChangeAtMs: number | null };

/**
 * Returns the planes of a part of a snapshot. A field is decoded when it is read: a list of thousands of planes shows few of
 * them, and sorts and filters by few of their fields. An object in a field stays the same object.
 *
 * A spread finds none of these fields; use `plainPlane`.
 *
 * @throws TypeError if the column doesn't hold objects
 */
export function tablePlanes(column: TableColumn): TablePlane[] {
  if (Object.keys(column).length === 0) return [];
  if (!('fields' in column) || column.at) throw new TypeError('The column holds no planes.');
  const { fields } = column;
  const Row = rowClass(fields);
  // Every plane has one, and no two have the same.
  const count = countOf(fields.uid);
  return Array.from({ length: count }, (_, row) => new Row(row) as unknown as TablePlane);
}

/** Returns a copy of a plane with fields of its own, for spreading. */
export function plainPlane(plane: FleetPlane): FleetPlane {
  const copy: JsonObject = {};
  // The fields of a plane of a table are inherited.
  for (const name in plane) {
    const value = (plane as unknown as JsonObject)[name];
    if (value !== undefined) copy[name] = value;
  }
  return copy as unknown as FleetPlane;
}

const ROW = Symbol('row');

function rowClass(fields: Readonly<Record<string, TableColumn>>): new (row: number) => object {
  class Row {
    readonly [ROW]: number;

    constructor(row: number) {
      this[ROW] = row;
    }
  }
  for (const [name, column] of Object.entries(fields)) {
    let read: ReadColumn | undefined;
    Object.defineProperty(Row.prototype, name, {
      enumerable: true,
      get(this: Row) {
        // Many columns are never read.
        read ??= readColumn(column);
        const value = read(this[ROW]);
        if (typeof value === 'object' && value !== null)
          Object.defineProperty(this, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return Row;
}

function countOf(uids: TableColumn | undefined): number {
  if (uids === undefined) return 0;
  if ('uuids' in uids) return atob(uids.uuids).length / 16;
  if ('values' in uids) return uids.values.length;
  if ('distinct' in uids) return uids.at.length;
  return 'deltas' in uids ? uids.deltas.length : 1;
}
