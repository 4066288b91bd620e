import { expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { MASK } from '@/lib/plane/masking/mask';
import { mergeThreeWay } from './merge-three-way';

const BASE: JsonObject = { a: 1, b: { c: 'x', d: 'y' }, list: [1, 2], password: MASK };

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['merges a change of mine', { ...BASE, a: 2 }, BASE, { ...BASE, a: 2 }],
  ['merges a change of theirs', BASE, { ...BASE, a: 3 }, { ...BASE, a: 3 }],
  ['merges the same change from both sides', { ...BASE, a: 2 }, { ...BASE, a: 2 }, { ...BASE, a: 2 }],
  [
    'merges changes to different fields of one group',
    { ...BASE, b: { c: 'mine', d: 'y' } },
    { ...BASE, b: { c: 'x', d: 'theirs' } },
    { ...BASE, b: { c: 'mine', d: 'theirs' } },
  ],
  [
    'merges my removal of a field',
    { b: BASE.b ?? null, list: [1, 2], password: MASK },
    BASE,
    { b: BASE.b ?? null, list: [1, 2], password: MASK },
  ],
  [
    'merges their removal of a field',
    { ...BASE, list: [9] },
    { b: BASE.b ?? null, list: [1, 2], password: MASK },
    { b: BASE.b ?? null, list: [9], password: MASK },
  ],
  [
    'merges groups that both added with different fields',
    { ...BASE, n: { x: 1 } },
    { ...BASE, n: { y: 2 } },
    { ...BASE, n: { x: 1, y: 2 } },
  ],
  [
    'keeps a masked secret that neither side changed',
    { ...BASE, a: 2 },
    { ...BASE, list: [3] },
    { ...BASE, a: 2, list: [3] },
  ],
])('%s without a conflict', (_, mine, theirs, merged) => {
  expect(mergeThreeWay(BASE, mine, theirs)).toEqual({ merged, conflicts: [] });
});

test.each<[string, JsonObject, JsonObject, object]>([
  [
    'both changed a field',
    { ...BASE, a: 2 },
    { ...BASE, a: 3 },
    { path: ['a'], base: 1, mine: 2, theirs: 3 },
  ],
  [
    'both changed a list',
    { ...BASE, list: [1] },
    { ...BASE, list: [2] },
    { path: ['list'], mine: [1], theirs: [2] },
  ],
  [
    'I changed a field that they removed',
    { ...BASE, a: 2 },
    { ...BASE, a: null },
    { path: ['a'], mine: 2, theirs: undefined },
  ],
  [
    'I removed a field that they changed',
    { ...BASE, b: null },
    { ...BASE, b: { c: 'z', d: 'y' } },
    { path: ['b'], mine: undefined },
  ],
  [
    'I replaced a secret that is masked on their side',
    { ...BASE, password: 'new' },
    BASE,
    { path: ['password'], mine: 'new', theirs: MASK },
  ],
])('reports a conflict and keeps their value when %s', (_, mine, theirs, conflict) => {
  const { merged, conflicts } = mergeThreeWay(BASE, mine, theirs);
  expect(conflicts).toHaveLength(1);
  expect(conflicts[0]).toMatchObject(conflict);
  const { a, b, list, password } = theirs;
  expect(merged).toEqual(
    Object.fromEntries(Object.entries({ a, b, list, password }).filter(([, value]) => value !== null)),
  );
});

test('merges my new secret in the spec when they are known to have replaced none', () => {
  const [base, mine] = [{ spec: BASE }, { spec: { ...BASE, password: 'new' } }];
  const theirs = { spec: { ...BASE, a: 5 } };
  expect(mergeThreeWay(base, mine, theirs, { sameSecrets: true })).toEqual({
    merged: { spec: { ...BASE, a: 5, password: 'new' } },
    conflicts: [],
  });
  const note = { metadata: { annotations: { note: MASK } } };
  const { conflicts } = mergeThreeWay(
    note,
    { metadata: { annotations: { note: 'new' } } },
    { ...note, spec: {} },
    { sameSecrets: true },
  );
  expect(conflicts).toHaveLength(1);
});
