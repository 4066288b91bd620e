import type { Json, JsonObject } from '@/lib/plane/json/json';

/** One line of a free-form map while it is being typed: two lines may have the same name for a moment, or none. */
export interface MapRow {
  readonly name: string;
  readonly value: Json;
}

/** The lines of a map. */
export function rowsOfMap(map: JsonObject): MapRow[] {
  return Object.entries(map).map(([name, value]) => ({ name, value }));
}

/** The map of some lines. Empty lines are none; of two with the same name the first counts. */
export function mapOfRows(rows: readonly MapRow[]): JsonObject {
  const map: JsonObject = Object.create(null);
  for (const { name, value } of rows) {
    if (name === '' && value === '') continue;
    if (!(name in map)) map[name] = value;
  }
  return Object.fromEntries(Object.entries(map));
}

/** Names that stand in more than one line. */
export function repeatedNames(rows: readonly MapRow[]): string[] {
  const names = rows.map((row) => row.name).filter((name) => name !== '');
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
