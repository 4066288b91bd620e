import { expect, test } from 'vitest';
import { isLabelKey } from './names';

test.each([
  'region',
  'Region',
  'a_b.c-d',
  'app.kubernetes.io/name',
  '7',
  'x'.repeat(63),
  `${'p'.repeat(253)}/n`,
])('accepts the label key %s', (key) => {
  expect(isLabelKey(key)).toBe(true);
});

test.each([
  '',
  '/',
  'a/',
  '/a',
  'a/b/c',
  '-a',
  'a-',
  'a b',
  'Upper.example/a',
  'a..b/c',
  'x'.repeat(64),
  `${'p'.repeat(254)}/n`,
])('rejects the label key "%s"', (key) => {
  expect(isLabelKey(key)).toBe(false);
});
