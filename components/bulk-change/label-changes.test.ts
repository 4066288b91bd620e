import { expect, test } from 'vitest';
import { aPlane } from '@/testing/plane/plane-fixture';
import { labelChangesText, labelsValue, usedLabels, valuesText } from './label-changes';

test('a change compares and writes its own labels only', () => {
  const wanted = { env: 'prod', team: null };
  const value = labelsValue(wanted);
  expect(value.changes(wanted)).toEqual({ labels: wanted });
  const before = aPlane({ labels: { env: 'dev', region: 'eu' } });
  expect(value.textOf(before)).toBe(value.textOf(aPlane({ labels: { env: 'dev', region: 'us' } })));
  expect(value.textOf(before)).not.toBe(value.textAfter(wanted));
  expect(value.textOf(aPlane({ labels: { env: 'prod' } }))).toBe(value.textAfter(wanted));
});

test('a key that every object inherits is an ordinary label', () => {
  const value = labelsValue({ constructor: 'x' });
  expect(value.textOf(aPlane({ labels: {} }))).toBe('[null]');
  expect(usedLabels([{ labels: { constructor: 'x' } }])).toEqual([
    { key: 'constructor', planes: 1, values: ['x'] },
  ]);
});

test('used labels say how many planes have them, with the most frequent values first', () => {
  const labels = usedLabels([
    { labels: { team: 'a', env: 'dev' } },
    { labels: { env: 'prod' } },
    { labels: { env: 'prod' } },
  ]);
  expect(labels).toEqual([
    { key: 'env', planes: 3, values: ['prod', 'dev'] },
    { key: 'team', planes: 1, values: ['a'] },
  ]);
  expect(valuesText({ key: 'n', planes: 5, values: ['1', '', '3', '4', '5'] })).toBe(
    '1, (empty), 3 and 2 more',
  );
  expect(labelChangesText({ env: 'prod', team: null })).toBe('set env=prod, remove team');
});
