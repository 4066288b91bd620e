import { expect, test } from 'vitest';
import { parseViews, type SavedView, viewNameProblem, withoutView, withView } from './saved-views';

const VIEWS: readonly SavedView[] = [
  { name: 'EU', search: '?label=region=eu' },
  { name: 'Trouble', search: '?health=stale' },
];

test('a view is added in the order of names, and replaces one of the same name', () => {
  expect(withView(VIEWS, { name: 'Mine', search: '?q=x' }).map(({ name }) => name)).toEqual([
    'EU',
    'Mine',
    'Trouble',
  ]);
  expect(withView(VIEWS, { name: 'EU', search: '?q=new' })).toEqual([
    { name: 'EU', search: '?q=new' },
    VIEWS[1],
  ]);
  expect(withoutView(VIEWS, 'EU')).toEqual([VIEWS[1]]);
});

test('a name must say something, briefly, and there is room for fifty', () => {
  expect(viewNameProblem(' ', VIEWS)).toBe('Enter a name.');
  expect(viewNameProblem('x'.repeat(61), VIEWS)).toContain('60 characters');
  expect(viewNameProblem('New', VIEWS)).toBeNull();
  const full = Array.from({ length: 50 }, (_, index) => ({ name: `v${index}`, search: '' }));
  expect(viewNameProblem('New', full)).toContain('Delete a view first');
  expect(viewNameProblem('v7', full)).toBeNull();
});

test('a stored view that is invalid costs only itself', () => {
  const tooLong = { name: 'Long', search: `?q=${'x'.repeat(30_000)}` };
  expect(parseViews([VIEWS[0], tooLong, { name: 7 }, null, VIEWS[1]])).toEqual(VIEWS);
  expect(parseViews({ name: 'EU' })).toEqual([]);
});
