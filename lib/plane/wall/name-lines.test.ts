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
  const linesOf = (name: string, maxEm: number) => nameLines(name, maxEm, MONO).lines;

  it('uses one line if the name fits', () => {
    expect(nameLines('prod', 8, MONO)).toEqual({ lines: ['prod'], whole: true, scale: 1 });
  });
  it('breaks after a separator, as late as the second line allows', () => {
    expect(linesOf('payments-prod-eu-west-1', 14)).toEqual(['payments-prod-', 'eu-west-1']);
    expect(linesOf('eu.west.payments', 12)).toEqual(['eu.west.', 'payments']);
  });
  it('leaves no blank at the break of a display name', () => {
    expect(linesOf('Payments Production', 11)).toEqual(['Payments', 'Production']);
  });
  it('breaks between the words of a name in camel case', () => {
    expect(linesOf('productionFrankfurt', 10)).toEqual(['production', 'Frankfurt']);
  });
  it('breaks between the words of a script without spaces', () => {
    expect(linesOf('東京リージョン', 5)).toEqual(['東京', 'リージョン']);
  });
  it('shrinks a word that is wider than a line instead of breaking it', () => {
    expect(nameLines('Production n', 9, MONO)).toEqual({
      lines: ['Production', 'n'],
      whole: true,
      scale: 0.85,
    });
    expect(nameLines('Production', 9, MONO)).toEqual({ lines: ['Production'], whole: true, scale: 0.85 });
  });
  it('cuts a longer name between its words, and keeps both ends', () => {
    expect(nameLines('payments-processing-gateway-production-eu-central-1', 14, MONO)).toEqual({
      lines: ['payments-processing-', '…eu-central-1'],
      whole: false,
      scale: 0.7,
    });
  });
  it('cuts a word only if it is wider than a line at the smallest size', () => {
    expect(nameLines('abcdefghijklmnopqrstuvwxyz', 7, MONO).lines).toEqual(['abcde…wxyz']);
  });
  it('never breaks a name inside a word that fits', () => {
    const name = 'Payments production, Frankfurt (primary) in europe-west-1a';
    const words = new Set(name.split(/[\s-]+/));
    for (let maxEm = 9; maxEm < 60; maxEm += 1) {
      for (const line of linesOf(name, maxEm))
        for (const word of line
          .replace('…', '')
          .split(/[\s-]+/)
          .filter(Boolean))
          expect(words, `${maxEm} em: ${line}`).toContain(word);
    }
  });
  it('handles a line that is narrower than a character', () => {
    expect(linesOf('abc', 0.5)).toEqual(['…']);
  });
});
