import type { FleetPlane } from '@/lib/api/fleet';
import type { Json } from '@/lib/plane/json/json';
import { type ReadColumn, readColumn, type TableColumn } from '@/lib/plane/json/json-table';

/** A plane of a snapshot by columns. */
export type TablePlane = FleetPlane & { readonly nextChangeAtMs: number | null };

/**
 * Returns the planes of a part of a snapshot. A field is decoded when it is read: a list of thousands of planes shows few of
 * them, and sorts and filters by few of their fields. An object in a field stays the same object. Otherwise they are like
 * plain objects: a spread, a rest or JSON finds all fields.
 *
 * @throws TypeError if the column doesn't hold objects
 */
export function tablePlanes(column: TableColumn): TablePlane[] {
  if (Object.keys(column).length === 0) return [];
  if (!('fields' in column) || column.at) throw new TypeError('The column holds no planes.');
  const handler = new RowHandler(column.fields);
  // Every plane has one, and no two have the same.
  const count = countOf(column.fields.uid);
  return Array.from({ length: count }, (_, row) => new Proxy<Row>({ row }, handler) as unknown as TablePlane);
}

/** What a proxy of a plane stands for. Proxies may show other fields than their target, if those can be configured. */
interface Row {
  readonly row: number;
  /** The objects in its fields that were read. */
  objects?: Record<string, Json>;
}

/** Lets the rows of one table read their fields. */
class RowHandler implements ProxyHandler<Row> {
  private readonly readers = new Map<string, ReadColumn>();

  constructor(private readonly fields: Readonly<Record<string, TableColumn>>) {}

  get(target: Row, name: string | symbol): unknown {
    return typeof name === 'string' ? this.read(target, name) : undefined;
  }

  has(target: Row, name: string | symbol): boolean {
    return typeof name === 'string' && this.read(target, name) !== undefined;
  }

  ownKeys(target: Row): string[] {
    return Object.keys(this.fields).filter((name) => this.read(target, name) !== undefined);
  }

  getOwnPropertyDescriptor(target: Row, name: string | symbol): PropertyDescriptor | undefined {
    const value = this.get(target, name);
    return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: false };
  }

  set(): boolean {
    return false;
  }

  private read(target: Row, name: string): Json | undefined {
    const known = target.objects?.[name];
    if (known !== undefined) return known;
    const value = this.reader(name)?.(target.row);
    if (typeof value === 'object' && value !== null) {
      target.objects ??= Object.create(null) as Record<string, Json>;
      target.objects[name] = value;
    }
    return value;
  }

  /** Many columns are never read. */
  private reader(name: string): ReadColumn | undefined {
    const known = this.readers.get(name);
    if (known) return known;
    const column = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (!column) return undefined;
    const reader = readColumn(column);
    this.readers.set(name, reader);
    return reader;
  }
}

function countOf(uids: TableColumn | undefined): number {
  if (uids === undefined) return 0;
  if ('uuids' in uids) return atob(uids.uuids).length / 16;
  if ('values' in uids) return uids.values.length;
  if ('distinct' in uids) return uids.at.length;
  return 'deltas' in uids ? uids.deltas.length : 1;
}
