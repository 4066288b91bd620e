import { expect, test } from 'vitest';
import { FirstInPeriod } from './first-in-period';

test('logs a key once in a period, then how often it came since', () => {
  const first = new FirstInPeriod(1000);
  expect([0, 1, 999, 1000, 1001, 5000].map((nowMs) => first.take('a', nowMs))).toEqual([
    0,
    null,
    null,
    2,
    null,
    1,
  ]);
  expect(first.take('b', 5000)).toBe(0);
});

test('forgets the oldest keys, so that strangers fill no memory', () => {
  const first = new FirstInPeriod(1000, 2);
  for (const key of ['a', 'b', 'c']) first.take(key, 0);
  expect(first.take('c', 1)).toBeNull();
  expect(first.take('a', 1)).toBe(0);
});
