import { describe, expect, test } from 'vitest';
import { allToggled, extended, NOTHING_SELECTED, type Selection, toggled } from './selection';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const of = (anchor: string | null, ...uids: string[]): Selection => ({ uids: new Set(uids), anchor });

describe('a selection', () => {
  test('turns one plane over and begins the next range at it', () => {
    const one = toggled(NOTHING_SELECTED, 'b');
    expect(one).toEqual(of('b', 'b'));
    expect(toggled(one, 'b')).toEqual(of('b'));
  });

  test.each([
    ['down', of('b', 'b'), 'd', of('b', 'b', 'c', 'd')],
    ['up', of('d', 'd'), 'b', of('d', 'd', 'b', 'c')],
    ['beside what was chosen before', of('d', 'a', 'd'), 'e', of('d', 'a', 'd', 'e')],
    ['without a beginning', NOTHING_SELECTED, 'c', of('c', 'c')],
    ['from a plane that the list does not show any more', of('z', 'z'), 'c', of('c', 'z', 'c')],
  ])('draws a range %s', (_name, before, to, after) => {
    expect(extended(before, ORDER, to)).toEqual(after);
  });

  test('takes all that are shown, and gives them up without those that are not', () => {
    const all = allToggled(of('z', 'z'), ORDER);
    expect([...all.uids]).toEqual(['z', ...ORDER]);
    expect(allToggled(all, ORDER)).toEqual(of(null, 'z'));
  });
});
