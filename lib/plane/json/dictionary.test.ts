import { expect, test } from 'vitest';
import { dictionary } from './dictionary';

test('a dictionary has exactly the keys that were set', () => {
  const found = dictionary<string>([['__proto__', 'a']]);
  found['valueOf'.toString()] = 'b';
  expect(Object.entries(found)).toEqual([
    ['__proto__', 'a'],
    ['valueOf', 'b'],
  ]);
  expect(found.constructor).toBeUndefined();
  expect('hasOwnProperty' in found).toBe(false);
});
