import { expect, test } from 'vitest';
import { numberOf, valueProblem } from './check-value';

test.each([
  ['80', 80],
  ['+1.5e3', 1500],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['+9223372036854775807', 9223372036854775807n],
  ['9007199254740993.0', 9007199254740993n],
  ['-9007199254740993.', -9007199254740993n],
  ['80.0', 80],
  ['80e', undefined],
])('the number of %j is exact', (text, number) => {
  expect(numberOf(text)).toBe(number);
});

test.each([
  ['9007199254740993', null],
  [9007199254740993n, null],
  ['9223372036854775808', 'Enter a whole number from -9223372036854775808 to 9223372036854775807.'],
])('an integer has up to 64 bits: %s', (value, problem) => {
  expect(valueProblem({ type: 'integer' }, ['count'], value, () => true)).toBe(problem);
});

test.each([['1e19'], [1.5e300], [-1e19]])('a number has no bounds of an integer: %s', (value) => {
  expect(valueProblem({ type: 'number', format: 'double' }, ['ratio'], value, () => true)).toBe(null);
});
