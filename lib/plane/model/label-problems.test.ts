import { expect, test } from 'vitest';
import { labelProblems } from './label-problems';

const of = (key: string, value = 'x', before?: Record<string, string>) =>
  labelProblems({ [key]: value }, before).map(({ severity, message }) => `${severity}: ${message}`);

test.each([
  ['region', 'eu-west-1'],
  ['example.com/team', 'a_b.c'],
  ['app.kubernetes.io/part-of', 'shop'],
  ['empty', ''],
  ['long', 'v'.repeat(63)],
])('%s=%s is a label', (key, value) => {
  expect(of(key, value)).toEqual([]);
});

test.each([
  ['', 'x', 'Enter a key'],
  ['-a', 'x', 'A key has'],
  ['a b', 'x', 'A key has'],
  ['a/b/c', 'x', 'A key has'],
  ['Example.com/a', 'x', 'A key has'],
  [`k${'e'.repeat(63)}`, 'x', 'A key has'],
  ['a', 'has blanks', 'A value has only'],
  ['a', '-x', 'A value has only'],
  ['a', 'ä', 'A value has only'],
  ['a', 'v'.repeat(64), 'this has 64'],
])('%j=%j is an error', (key, value, message) => {
  expect(of(key, value)).toEqual([expect.stringMatching(new RegExp(`^error: .*${message}`))]);
});

test('a reserved prefix is a warning, unless the plane has the label already', () => {
  for (const key of ['kubernetes.io/x', 'node.k8s.io/x', 'openchoreo.dev/x'])
    expect(of(key)).toEqual([expect.stringContaining('warning: This prefix is reserved')]);
  expect(of('openchoreo.dev/x', 'x', { 'openchoreo.dev/x': 'x' })).toEqual([]);
  expect(of('openchoreo.dev/x', 'y', { 'openchoreo.dev/x': 'x' })).toHaveLength(1);
});
