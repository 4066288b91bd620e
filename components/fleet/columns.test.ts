import { describe, expect, test } from 'vitest';
import { DEFAULT_SORT, DEFAULT_VIEW, SORT_COLUMNS, type SortColumn } from '@/lib/plane/fleet/fleet-view';
import { DEFAULT_COLUMNS, movedColumn, resizedColumn } from './column-settings';
import { columnsOf, isNumeric, nextSort, sortText } from './columns';

const titlesOf = (...given: Parameters<typeof columnsOf>) => columnsOf(...given).map(({ title }) => title);

describe('the columns', () => {
  const FIRST = ['Plane', 'Health', 'Since', 'Kind', 'Plane ID'];
  const NUMBERS = ['Agents', 'Heartbeat'];

  test('begin with the plane, its state and since when', () => {
    expect(titlesOf(DEFAULT_VIEW)).toEqual([...FIRST, ...NUMBERS]);
  });

  test('include labels, the expiry of the CA and the age on request, before the numbers', () => {
    const view = { ...DEFAULT_VIEW, columns: ['region', 'env'] };
    expect(titlesOf(view)).toEqual([...FIRST, 'region', 'env', ...NUMBERS]);
    expect(titlesOf({ ...view, extras: ['certificate', 'created'] })).toEqual([
      ...FIRST,
      'region',
      'env',
      'CA expires',
      'Created',
      ...NUMBERS,
    ]);
  });

  test('are left out if they are hidden, or no plane has a value, unless the list is sorted by them', () => {
    const settings = { ...DEFAULT_COLUMNS, hidden: ['kind', 'since'] };
    const empty = new Set<SortColumn>(['planeID', 'heartbeat']);
    expect(titlesOf(DEFAULT_VIEW, settings, empty)).toEqual(['Plane', 'Health', 'Agents']);
    const sorted = { ...DEFAULT_VIEW, sort: { by: 'since', descending: true } } as const;
    expect(titlesOf(sorted, settings, empty)).toEqual(['Plane', 'Health', 'Since', 'Agents']);
  });

  test('leave the kind and the plane ID to wide screens beside chosen ones, unless the list is sorted by them', () => {
    const yielding = (view: typeof DEFAULT_VIEW) =>
      columnsOf(view)
        .filter(({ yields }) => yields)
        .map(({ title }) => title);
    expect(yielding(DEFAULT_VIEW)).toEqual([]);
    expect(yielding({ ...DEFAULT_VIEW, columns: ['region'] })).toEqual(['Kind', 'Plane ID']);
    const sort = { by: 'kind', descending: false } as const;
    expect(yielding({ ...DEFAULT_VIEW, extras: ['owner'], sort })).toEqual(['Plane ID']);
  });

  test('have the order and the widths that a person gave them; a new column is at its usual place', () => {
    const ids = columnsOf(DEFAULT_VIEW).map(({ id }) => id);
    const moved = movedColumn(DEFAULT_COLUMNS, ids, 'health', -1);
    expect(titlesOf(DEFAULT_VIEW, moved).slice(0, 3)).toEqual(['Health', 'Plane', 'Since']);
    expect(movedColumn(DEFAULT_COLUMNS, ids, 'name', -1)).toBe(DEFAULT_COLUMNS);
    const sized = resizedColumn(moved, 'kind', 30);
    expect(columnsOf(DEFAULT_VIEW, sized).find(({ id }) => id === 'kind')?.widthPx).toBe(64);
    expect(resizedColumn(sized, 'kind', null)).toEqual(moved);
    expect(titlesOf({ ...DEFAULT_VIEW, columns: ['region'] }, moved)).toContain('region');
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
  ['since', 'earliest change first', 'latest change first'],
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
  expect([...SORT_COLUMNS].filter(isNumeric)).toEqual([
    'since',
    'certificate',
    'agents',
    'heartbeat',
    'created',
  ]);
});
