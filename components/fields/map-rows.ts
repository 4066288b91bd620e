import type { Json, JsonObject } from '@/lib/plane/json/json';

/** A line of a free-form map. While you type, a line may have no name or the name of another line. */
export interface MapRow {
  readonly name: string;
  readonly value: Json;
}

/** The lines of a map. */
export function rowsOfMap(map: JsonObject): MapRow[] {
  return Object.entries(map).map(([name, value]) => ({ name, value }));
}

/** The map that the lines describe. Ignores empty lines; the first of two lines with the same name wins. */
export function mapOfRows(rows: readonly MapRow[]): JsonObject {
  const map: JsonObject = Object.create(null);
  for (const { name, value } of rows) {
    if (name === '' && value === '') continue;
    if (!(name in map)) map[name] = value;
  }
  return Object.fromEntries(Object.entries(map));
}

/** Names that occur in more than one line. */
export function repeatedNames(rows: readonly MapRow[]): string[] {
  const names = rows.map((row) => row.name).filter((name) => name !== '');
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
