import { describe, expect, test } from 'vitest';
import { allToggled, extended, NOTHING_SELECTED, type Selection, toggled } from './selection';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const of = (anchor: string | null, ...uids: string[]): Selection => ({ uids: new Set(uids), anchor });

describe('a selection', () => {
  test('toggles a plane and starts the next range at it', () => {
    const first = toggled(NOTHING_SELECTED, 'b');
    expect(first).toEqual(of('b', 'b'));
    expect(toggled(first, 'b')).toEqual(of('b'));
  });

  test.each([
    ['down', of('b', 'b'), 'd', of('b', 'b', 'c', 'd')],
    ['up', of('d', 'd'), 'b', of('d', 'd', 'b', 'c')],
    ['beside an earlier selection', of('d', 'a', 'd'), 'e', of('d', 'a', 'd', 'e')],
    ['without a start', NOTHING_SELECTED, 'c', of('c', 'c')],
    ['from a plane that the list no longer shows', of('z', 'z'), 'c', of('c', 'z', 'c')],
  ])('selects a range %s', (_name, before, to, after) => {
    expect(extended(before, ORDER, to)).toEqual(after);
  });

  test('selects all shown planes, then deselects them and keeps the hidden ones', () => {
    const all = allToggled(of('z', 'z'), ORDER);
    expect([...all.uids]).toEqual(['z', ...ORDER]);
    expect(allToggled(all, ORDER)).toEqual(of(null, 'z'));
  });
});
