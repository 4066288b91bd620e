import { describe, expect, it } from 'vitest';
import { middleEllipsis, nameLines } from './name-lines';
import { type TextFace, widthEm } from './text-face';

/** Every character has the same width, so widths are easy to count. */
const MONO: TextFace = { capEm: 0.7, advanceEm: () => 1 };

describe('middleEllipsis', () => {
  it('keeps a name that fits exactly', () => {
    expect(middleEllipsis('prod-eu', 7, MONO)).toBe('prod-eu');
  });
  it('cuts the middle, because names differ at their ends', () => {
    expect(middleEllipsis('payments-prod-eu-west-1', 11, MONO)).toBe('payme…est-1');
  });
  it('never exceeds the line', () => {
    for (let maxEm = 1; maxEm < 25; maxEm += 1)
      expect(widthEm(middleEllipsis('payments-prod-eu-west-1', maxEm, MONO), MONO)).toBeLessThanOrEqual(
        maxEm,
      );
  });
  it("doesn't split a character of two code units", () => {
    expect(middleEllipsis('🚀🚀🚀🚀🚀', 3, MONO)).toBe('🚀…🚀');
  });
});

describe('nameLines', () => {
  it('uses one line if the name fits', () => {
    expect(nameLines('prod', 8, MONO)).toEqual({ lines: ['prod'], whole: true });
  });
  it('breaks after a separator, as late as the second line allows', () => {
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
  it('breaks inside a part if no separator fits', () => {
    expect(nameLines('abcdefghijkl', 8, MONO)).toEqual({ lines: ['abcdefgh', 'ijkl'], whole: true });
  });
  it("cuts the middle if two lines aren't enough, and keeps both ends", () => {
    expect(nameLines('abcdefghijklmnopqrstuvwxyz', 8, MONO)).toEqual({
      lines: ['abcdefgh', '…tuvwxyz'],
      whole: false,
    });
  });
  it('handles a line that is narrower than a character', () => {
    expect(nameLines('abc', 0.5, MONO).lines).toEqual(['a', '…']);
  });
});
