import { expect, test } from 'vitest';
import { seededRandom } from '@/testing/plane/draft-fixture';
import type { Json, JsonObject } from './json';
import { encodeColumn, readColumn } from './json-table';

function roundTrip(values: (Json | undefined)[]): (Json | undefined)[] {
  const column: unknown = JSON.parse(JSON.stringify(encodeColumn(values)));
  const read = readColumn(column as ReturnType<typeof encodeColumn>);
  return values.map((_, row) => read(row));
}

test.each<[string, (Json | undefined)[]]>([
  ['nothing', [undefined, undefined]],
  ['the same everywhere', ['a', 'a']],
  ['null', [null, null, 1]],
  ['few different values', ['a', 'b', 'a', 'b', undefined]],
  ['UUIDs', ['12db2c28-175e-4637-8288-9cdb4aae9898', '00000000-0000-4000-8000-000000000000']],
  ['numbers as texts', ['364', '1', '9007199254740']],
  ['texts that only look like numbers', ['364', '01', '9007199254740993', '-1']],
  ['times', ['2026-03-10T12:00:00Z', '2026-03-10T11:59:20Z', '1969-01-01T00:00:00Z']],
  ['times with more than seconds', ['2026-03-10T12:00:00Z', '2026-03-10T12:00:00.5Z']],
  ['times that do not exist', ['2026-02-30T12:00:00Z', '2026-03-10T12:00:00Z']],
  ['objects with and without a field', [{ a: 1, b: { c: 'x' } }, { a: 2 }, undefined, {}]],
  ['lists', [[{ a: 1 }, { a: 2 }], [], undefined, [{ b: null }]]],
  ['lists with null', [[null, 1], [null]]],
  ['mixed values', [1, 'a', [2], { a: 3 }, null, '[2]', '{"a":3}', '1']],
])('a column of %s is read as it was written', (_, values) => {
  expect(roundTrip(values)).toEqual(values);
});

const TEXTS = [
  '',
  'a',
  'name',
  '364',
  '007',
  '2026-03-10T12:00:00Z',
  '2026-03-10T12:00:60Z',
  '\u2028',
  '__proto__',
];

function anyJson(next: () => number, depth: number): Json {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const count = Math.floor(next() * 4);
  switch (pick(depth === 0 ? ['text', 'number', 'other'] : ['text', 'number', 'other', 'list', 'object'])) {
    case 'text':
      return pick(TEXTS);
    case 'number':
      return pick([0, -1, 1.5, 2 ** 53, 2 ** 60, 17]);
    case 'list':
      return Array.from({ length: count }, () => anyJson(next, depth - 1));
    case 'object':
      return Object.fromEntries(
        Array.from({ length: count }, () => [pick(TEXTS), anyJson(next, depth - 1)]),
      ) as JsonObject;
    default:
      return pick([null, true, false]);
  }
}

test('any column is read as it was written', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const next = seededRandom(seed);
    const isUniform = next() < 0.5;
    const kind = seededRandom(seed);
    const values = Array.from({ length: Math.floor(next() * 12) }, () =>
      next() < 0.2 ? undefined : anyJson(isUniform ? kind : next, 3),
    );
    expect(roundTrip(values), `seed ${seed}`).toEqual(values);
  }
});
