import { describe, expect, test } from 'vitest';
import { indentAfter, replacementOf } from './editor-text';

test.each([
  ['spec:', 2],
  ['  gateway:', 4],
  ['  gateway: # of the plane', 4],
  ['  ca: |', 4],
  ['  name: prod', 2],
  ['    - url: x', 6],
  ['    - ', 6],
  ['  # note:', 2],
  ['', 0],
])('indents the line after %j by %i', (line, columns) => {
  expect(indentAfter(line)).toBe(columns);
});

describe('the replacement between two texts', () => {
  test.each([
    ['abc', 'abc', null],
    ['abc', 'abXc', { from: 2, to: 2, insert: 'X' }],
    ['aaa', 'aa', { from: 2, to: 3, insert: '' }],
    ['', 'a', { from: 0, to: 0, insert: 'a' }],
  ])('is minimal from %j to %j', (before, after, expected) => {
    expect(replacementOf(before, after)).toEqual(expected);
  });
});
