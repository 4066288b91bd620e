import { expect, test } from 'vitest';
import { indentAfter } from './indent-after';

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
])('after %j the next line is indented by %i', (line, columns) => {
  expect(indentAfter(line)).toBe(columns);
});
