import { describe, expect, test } from 'vitest';
import type { JsonObject } from './json';
import { applyMergePatch, changedPaths, mergePatchOf, sameJson } from './merge-patch';

/** The table of RFC 7386, appendix A, limited to patches that are objects: original, patch, result. */
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

test.each(RFC_7386)('patches %j with %j into %j', (original, patch, result) => {
  expect(applyMergePatch(original, patch)).toEqual(result);
});

test.each<[string, JsonObject, JsonObject, JsonObject | null]>([
  ['returns null when nothing changed', { a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2 }] } }, null],
  ['ignores the order of fields', { a: 1, b: 2 }, { b: 2, a: 1 }, null],
  ['treats a null field as absent', { a: null }, {}, null],
  ['removes a field that became null', { a: 1 }, { a: null }, { a: null }],
  ['replaces a list whole', { a: [1, 2, 3] }, { a: [1, 3] }, { a: [1, 3] }],
  ['replaces a group with a text', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
  ['replaces a text with a group', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['adds a new group without its nulls', {}, { a: { b: null, c: { d: null } } }, { a: { c: {} } }],
  ['keeps an emptied group', { a: { b: 1 } }, { a: {} }, { a: { b: null } }],
  ['tells a number from its text', { a: 1 }, { a: '1' }, { a: '1' }],
  ['treats false and zero as values', { a: true, b: 1 }, { a: false, b: 0 }, { a: false, b: 0 }],
])('%s', (_, before, after, patch) => {
  expect(mergePatchOf(before, after)).toEqual(patch);
  expect(sameJson(applyMergePatch(before, patch ?? {}), after)).toBe(true);
});

describe('names that every object inherits', () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":"x"}') as JsonObject;

  test('are plain fields and leave the prototype unchanged', () => {
    const patch = mergePatchOf({}, hostile);
    expect(Object.keys(patch ?? {})).toEqual(['__proto__', 'constructor']);
    expect(Object.keys(applyMergePatch({}, patch ?? {}))).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(changedPaths({}, hostile)).toEqual([['__proto__'], ['constructor']]);
  });
});

test('reports changed paths as deep as possible', () => {
  const before = { a: 1, b: { c: 1, d: 2 }, e: [{ f: 1 }, 2], g: [1], same: { x: [1] } };
  const after = { b: { c: 1, d: 3 }, e: [{ f: 2 }, 2], g: [1, 2], h: null, same: { x: [1] } };
  expect(changedPaths(before, after)).toEqual([['a'], ['b', 'd'], ['e', 0, 'f'], ['g']]);
});
