import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json';
import { applyMergePatch, changedPaths, mergePatchOf, sameJson } from './merge-patch';

/** The table of RFC 7386, appendix A, as far as its patches are objects: original, patch, result. */
const RFC_7386: readonly (readonly [JsonObject, JsonObject, JsonObject])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ a: 'foo' }, { b: { c: null } }, { a: 'foo', b: {} }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test.each(RFC_7386)('applying to %j the patch %j makes %j', (original, patch, result) => {
  expect(applyMergePatch(original, patch)).toEqual(result);
});

test.each<[string, JsonObject, JsonObject, JsonObject | null]>([
  ['nothing changed', { a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } }, null],
  ['fields in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, null],
  ['a field that is null is absent', { a: null }, {}, null],
  ['and one that became null is taken away', { a: 1 }, { a: null }, { a: null }],
  ['a list is replaced whole', { a: [1, 2, 3] }, { a: [1, 3] }, { a: [1, 3] }],
  ['a group became a text', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
  ['a text became a group', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['a new group, without the nulls in it', {}, { a: { b: null, c: { d: null } } }, { a: { c: {} } }],
  ['an emptied group stays', { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
  ['a number that became its text', { a: 1 }, { a: '1' }, { a: '1' }],
  ['false and zero are values', { a: true, b: 1 }, { a: false, b: 0 }, { a: false, b: 0 }],
])('%s', (_, before, after, patch) => {
  expect(mergePatchOf(before, after)).toEqual(patch);
  expect(sameJson(applyMergePatch(before, patch ?? {}), after)).toBe(true);
});

describe('names that every object has', () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x"}') as JsonObject;

  test('are fields like others, and change nothing else', () => {
    const patch = mergePatchOf({}, hostile);
    expect(Object.keys(patch ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.keys(applyMergePatch({}, patch ?? {}))).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(changedPaths({}, hostile)).toEqual([['__proto__'], ['constructor']]);
  });
});

test('what changed is told as deep as it can be', () => {
  const before = { a: 1, b: { c: 1, d: 2 }, e: [{ f: 1 }, 2], g: [1], same: { x: [1] } };
  const after = { b: { c: 1, d: 3 }, e: [{ f: 2 }, 2], g: [1, 2], h: null, same: { x: [1] } };
  expect(changedPaths(before, after)).toEqual([['a'], ['b', 'd'], ['e', 0, 'f'], ['g']]);
});
