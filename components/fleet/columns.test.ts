import { describe, expect, test } from 'vitest';
import { DEFAULT_SORT, DEFAULT_VIEW, SORT_COLUMNS, type SortColumn } from '@/lib/plane/fleet/fleet-view';
import { columnsOf, isNumeric, nextSort, sortText } from './columns';

const titlesOf = (view: Parameters<typeof columnsOf>[0]) => columnsOf(view).map(({ title }) => title);

describe('the columns', () => {
  const FIXED = ['Health', 'Plane', 'Kind', 'Plane ID'];
  const NUMBERS = ['Agents', 'Heartbeat', 'Created'];

  test('are seven by default', () => {
    expect(titlesOf(DEFAULT_VIEW)).toEqual([...FIXED, ...NUMBERS]);
  });

  test('include labels and the expiry of the CA on request, before the numbers', () => {
    expect(titlesOf({ ...DEFAULT_VIEW, columns: ['region', 'env'] })).toEqual([
      ...FIXED,
      'region',
      'env',
      ...NUMBERS,
    ]);
    expect(titlesOf({ ...DEFAULT_VIEW, columns: ['region'], extras: ['certificate'] })).toEqual([
      ...FIXED,
      'region',
      'CA expires',
      ...NUMBERS,
    ]);
  });
});

describe('a click on a column', () => {
  test.each<SortColumn>([...SORT_COLUMNS.filter((by) => by !== DEFAULT_SORT.by), 'label:region'])(
    'sorts by %s, and a second click reverses the order',
    (by) => {
      const first = nextSort(DEFAULT_SORT, by);
      expect(first).toEqual({ by, descending: false });
      expect(nextSort(first, by)).toEqual({ by, descending: true });
      expect(nextSort(nextSort(first, by), by)).toEqual(first);
    },
  );

  test('reverses the default order by health', () => {
    expect(nextSort(DEFAULT_SORT, 'health')).toEqual({ by: 'health', descending: true });
  });
});

test.each<[SortColumn, string, string]>([
  ['health', 'worst first', 'best first'],
  ['name', 'A to Z', 'Z to A'],
  ['kind', 'A to Z', 'Z to A'],
  ['planeID', 'A to Z', 'Z to A'],
  ['certificate', 'earliest expiry first', 'latest expiry first'],
  ['agents', 'fewest first', 'most first'],
  ['heartbeat', 'oldest first', 'newest first'],
  ['created', 'oldest first', 'newest first'],
  ['label:region', 'A to Z', 'Z to A'],
])('describes the order by %s', (by, ascending, descending) => {
  expect(sortText({ by, descending: false })).toBe(ascending);
  expect(sortText({ by, descending: true })).toBe(descending);
});

test('aligns numbers and times right', () => {
  expect([...SORT_COLUMNS].filter(isNumeric)).toEqual(['certificate', 'agents', 'heartbeat', 'created']);
});
