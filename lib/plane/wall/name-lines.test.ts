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
    expect(nameLines('prod', 8, MONO)).toEqual({ lines: ['prod'], scale: 1, whole: true });
  });
  it.each([
    ['payments-prod-eu-west-1', 14, ['payments-prod-', 'eu-west-1']],
    ['Payments Production', 11, ['Payments', 'Production']],
    ['paymentsProduction', 11, ['payments', 'Production']],
    ['東京本番環境データ', 5, ['東京本番環', '境データ']],
  ])('ends the first line of %s between parts, as late as the second allows', (name, maxEm, lines) => {
    expect(nameLines(name, maxEm, MONO)).toEqual({ lines, scale: 1, whole: true });
  });
  it('makes the letters smaller rather than breaking a word', () => {
    expect(nameLines('Production', 9, MONO)).toEqual({ lines: ['Production'], scale: 0.9, whole: true });
    expect(nameLines('Payments Production', 7.5, MONO)).toEqual({
      lines: ['Payments', 'Production'],
      scale: 0.7,
      whole: true,
    });
  });
  it('cuts the middle of a word that would be too small, and of nothing that fits', () => {
    expect(nameLines('abcdefghijklmnopqrstuvwxyz', 8, MONO)).toEqual({
      lines: ['abcd…xyz'],
      scale: 1,
      whole: false,
    });
    expect(nameLines('eu-abcdefghijklmnopqrstuvwxyz', 8, MONO).lines).toEqual(['eu-', 'abcd…xyz']);
  });
  it('never ends a line inside a word', () => {
    const name = 'Payments production-EU westernRegion';
    for (let maxEm = 1; maxEm < 40; maxEm += 1) {
      const { lines, whole } = nameLines(name, maxEm, MONO);
      if (whole)
        expect(lines.join(' ').replace('- ', '-')).toMatch(/^Payments production-EU western ?Region$/);
    }
  });
  it('handles a line that is narrower than a character', () => {
    expect(nameLines('abc', 0.5, MONO).lines).toEqual(['…']);
  });
});
