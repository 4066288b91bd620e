import { describe, expect, it } from 'vitest';
import { middleEllipsis, nameLines } from './name-lines';
import { type TextFace, widthEm } from './text-face';

/** Every character is as wide as every other one, so that widths can be counted. */
const MONO: TextFace = { capEm: 0.7, advanceEm: () => 1 };

describe('a name in one line', () => {
  it('stays whole when it fits exactly', () => {
    expect(middleEllipsis('prod-eu', 7, MONO)).toBe('prod-eu');
  });
  it('loses its middle, since names differ at their ends', () => {
    expect(middleEllipsis('payments-prod-eu-west-1', 11, MONO)).toBe('payme…est-1');
  });
  it('is never wider than its line', () => {
    for (let maxEm = 1; maxEm < 25; maxEm += 1)
      expect(widthEm(middleEllipsis('payments-prod-eu-west-1', maxEm, MONO), MONO)).toBeLessThanOrEqual(
        maxEm,
      );
  });
  it('does not tear a character of two code units', () => {
    expect(middleEllipsis('🚀🚀🚀🚀🚀', 3, MONO)).toBe('🚀…🚀');
  });
});

describe('a name on a tile', () => {
  it('takes one line when it fits', () => {
    expect(nameLines('prod', 8, MONO)).toEqual({ lines: ['prod'], whole: true });
  });
  it('breaks behind a separator, as late as the second line allows', () => {
    expect(nameLines('payments-prod-eu-west-1', 14, MONO)).toEqual({
      lines: ['payments-prod-', 'eu-west-1'],
      whole: true,
    });
  });
  it('leaves no blank at the break of a display name', () => {
    expect(nameLines('Payments Production', 11, MONO)).toEqual({
      lines: ['Payments', 'Production'],
      whole: true,
    });
  });
  it('breaks inside a part when no separator helps', () => {
    expect(nameLines('abcdefghijkl', 8, MONO)).toEqual({ lines: ['abcdefgh', 'ijkl'], whole: true });
  });
  it('leaves out its middle when two lines are too few, and keeps both ends', () => {
    expect(nameLines('abcdefghijklmnopqrstuvwxyz', 8, MONO)).toEqual({
      lines: ['abcdefgh', '…tuvwxyz'],
      whole: false,
    });
  });
  it('survives a line that is narrower than a character', () => {
    expect(nameLines('abc', 0.5, MONO).lines).toEqual(['a', '…']);
  });
});
