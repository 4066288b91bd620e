import type { Json, JsonObject } from './json';

/**
 * Objects of similar shape, column by column: the values of a column resemble each other, so they compress far better, and
 * a reader can decode one object without the others.
 */
export type TableColumn =
  /** The same value in all rows; a column without it: no row has one. */
  | { readonly same?: Json }
  /** A value for each row. */
  | { readonly values: readonly Json[] }
  /** The distinct values, and for each row the index of its own; -1: the row has none. */
  | { readonly distinct: readonly Json[]; readonly at: readonly number[] }
  /** Whole numbers, or texts of them, each as the difference to the one before. */
  | { readonly deltas: readonly number[]; readonly as: 'number' | 'text' | 'time' }
  /** UUIDs, in base64 of all their bytes. */
  | { readonly uuids: string }
  /** Objects by field; `at` gives for each row the index of its object, or -1 if not all have one. */
  | { readonly fields: Readonly<Record<string, TableColumn>>; readonly at?: readonly number[] }
  /** Lists: how long each row's is, and all their items; -1: the row has none. */
  | { readonly items: TableColumn; readonly lengths: readonly number[] };

/** A column becomes a list of distinct values if these are no more than this part of all. */
const MAX_DISTINCT_SHARE = 1 / 2;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const WHOLE = /^(0|[1-9]\d{0,14})$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** Encodes the values of a column; undefined: the row has none. */
export function encodeColumn(values: readonly (Json | undefined)[]): TableColumn {
  const present = values.filter((value) => value !== undefined);
  if (present.length === 0) return {};
  if (present.every(isObject)) return objectColumn(values, present);
  if (present.every(Array.isArray)) return listColumn(values, present);
  const distinct = new DistinctValues();
  const at = values.map((value) => (value === undefined ? -1 : distinct.indexOf(value)));
  const isFull = present.length === values.length;
  const [first] = distinct.values;
  if (isFull && distinct.values.length === 1 && first !== undefined) return { same: first };
  if (!isFull || distinct.values.length <= values.length * MAX_DISTINCT_SHARE)
    return { distinct: distinct.values, at };
  if (present.every((value) => typeof value === 'string' && UUID.test(value)))
    return { uuids: bytesOf(present as string[]) };
  const as = numberForm(present);
  return as ? { as, deltas: deltas(present.map((value) => numberOf(value, as))) } : { values: present };
}

/** Numbers values in the order of their first occurrence. */
class DistinctValues {
  readonly values: Json[] = [];
  private readonly primitives = new Map<Json, number>();
  /** Objects and lists by their JSON. */
  private readonly others = new Map<Json, number>();

  indexOf(value: Json): number {
    const isPrimitive = typeof value !== 'object' || value === null;
    const indexes = isPrimitive ? this.primitives : this.others;
    const key = isPrimitive ? value : JSON.stringify(value);
    const known = indexes.get(key);
    if (known !== undefined) return known;
    indexes.set(key, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }
}

function objectColumn(values: readonly (Json | undefined)[], present: readonly JsonObject[]): TableColumn {
  const names = [...new Set(present.flatMap((object) => Object.keys(object)))];
  const fields = Object.fromEntries(
    names.map((name) => [
      name,
      encodeColumn(present.map((object) => (Object.hasOwn(object, name) ? object[name] : undefined))),
    ]),
  );
  if (present.length === values.length) return { fields };
  let next = 0;
  return { fields, at: values.map((value) => (value === undefined ? -1 : next++)) };
}

function listColumn(values: readonly (Json | undefined)[], present: readonly Json[][]): TableColumn {
  return {
    items: encodeColumn(present.flat()),
    lengths: values.map((value) => (Array.isArray(value) ? value.length : -1)),
  };
}

/** Returns how a column of numbers is written; null: it isn't one. */
function numberForm(values: readonly Json[]): 'number' | 'text' | 'time' | null {
  if (values.every((value) => Number.isSafeInteger(value))) return 'number';
  if (values.every((value) => typeof value === 'string' && WHOLE.test(value))) return 'text';
  return values.every((value) => typeof value === 'string' && isPlainTime(value)) ? 'time' : null;
}

/** Whether a time is written again exactly as it was. */
function isPlainTime(text: string): boolean {
  return TIME.test(text) && timeText(Date.parse(text) / 1000) === text;
}

function numberOf(value: Json, as: 'number' | 'text' | 'time'): number {
  return as === 'time' ? Date.parse(String(value)) / 1000 : Number(value);
}

function deltas(numbers: readonly number[]): number[] {
  return numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
}

function timeText(seconds: number): string {
  return Number.isFinite(seconds) ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` : '';
}

function bytesOf(uuids: readonly string[]): string {
  const bytes = new Uint8Array(uuids.length * 16);
  for (const [index, uuid] of uuids.entries()) {
    const digits = uuid.replaceAll('-', '');
    for (let at = 0; at < 16; at += 1)
      bytes[index * 16 + at] = Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16);
  }
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value of a row; undefined: it has none. */
export type ReadColumn = (row: number) => Json | undefined;

/** Returns a function that decodes single values of a column. */
export function readColumn(column: TableColumn): ReadColumn {
  if ('values' in column) return (row) => column.values[row];
  if ('distinct' in column) {
    const at = Int32Array.from(column.at);
    return (row) => column.distinct[at[row] ?? -1];
  }
  if ('deltas' in column) return readNumbers(column);
  if ('uuids' in column) return readUuids(column.uuids);
  if ('fields' in column) return readObjects(column);
  if ('items' in column) return readLists(column);
  return () => column.same;
}

function readNumbers({ deltas: steps, as }: Extract<TableColumn, { deltas: unknown }>): ReadColumn {
  const numbers = new Float64Array(steps.length);
  let sum = 0;
  for (const [index, step] of steps.entries()) {
    sum += step;
    numbers[index] = sum;
  }
  return (row) => {
    const number = numbers[row];
    if (number === undefined) return undefined;
    return as === 'number' ? number : as === 'text' ? String(number) : timeText(number);
  };
}

/** Decodes all at once: they identify rows, so each is read again and again. */
function readUuids(base64: string): ReadColumn {
  const digits = Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  );
  const texts = Array.from({ length: digits.length / 32 }, (_, row) =>
    digits.slice(row * 32, row * 32 + 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  );
  return (row) => texts[row];
}

function readObjects({ fields, at }: Extract<TableColumn, { fields: unknown }>): ReadColumn {
  const readers = Object.entries(fields).map(([name, column]) => [name, readColumn(column)] as const);
  const indexes = at && Int32Array.from(at);
  return (row) => {
    const index = indexes ? (indexes[row] ?? -1) : row;
    if (index < 0) return undefined;
    const object: JsonObject = {};
    for (const [name, read] of readers) {
      const value = read(index);
      if (value === undefined) continue;
      // An assignment would set the prototype.
      if (name === '__proto__') Object.defineProperty(object, name, { value, ...OWN });
      else object[name] = value;
    }
    return object;
  };
}

const OWN = { enumerable: true, configurable: true, writable: true };

function readLists({ items, lengths }: Extract<TableColumn, { items: unknown }>): ReadColumn {
  const read = readColumn(items);
  const starts = new Int32Array(lengths.length);
  let next = 0;
  for (const [row, length] of lengths.entries()) {
    starts[row] = next;
    next += Math.max(0, length);
  }
  return (row) => {
    const length = lengths[row] ?? -1;
    if (length < 0) return undefined;
    const start = starts[row] ?? 0;
    return Array.from({ length }, (_, index) => read(start + index) ?? null);
  };
}
