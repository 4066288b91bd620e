import { describe, expect, it } from 'vitest';
import { measureReason, reasonLineCount, reasonLines } from './reason-lines';
import { type TextFace, widthEm } from './text-face';

/** Every character has the same width, so widths are easy to count. */
const MONO: TextFace = { capEm: 0.7, advanceEm: () => 1 };
const REASON = 'The agent disconnected 3 h ago, and its certificate expired.';

describe('reasonLines', () => {
  it('wraps between words', () => {
    expect(reasonLines(measureReason('The agent disconnected.', MONO), 13, 3)).toEqual([
      'The agent',
      'disconnected.',
    ]);
  });
  it('cuts a longer reason after a word, with an ellipsis and no stray punctuation', () => {
    expect(reasonLines(measureReason(REASON, MONO), 32, 1)).toEqual(['The agent disconnected 3 h ago…']);
  });
  it('breaks a word that is wider than a line after a separator, else between characters', () => {
    expect(reasonLines(measureReason('Secret observability-credentials', MONO), 15, 3)).toEqual([
      'Secret',
      'observability-',
      'credentials',
    ]);
    expect(reasonLines(measureReason('abcdefgh', MONO), 3, 5)).toEqual(['abc', 'def', 'gh']);
  });
  it('shows nothing in no lines', () => {
    expect(reasonLines(measureReason(REASON, MONO), 20, 0)).toEqual([]);
  });
  it('never exceeds its lines or their width', () => {
    const reason = measureReason(REASON, MONO);
    for (let maxEm = 2; maxEm < 70; maxEm += 1) {
      for (let most = 1; most < 5; most += 1) {
        const lines = reasonLines(reason, maxEm, most);
        expect(lines.length).toBe(Math.min(most, reasonLineCount(reason, maxEm, most)));
        // A single piece may be as wide as the line, and the ellipsis then follows it.
        for (const line of lines) expect(widthEm(line, MONO)).toBeLessThanOrEqual(maxEm + 1);
      }
    }
  });
});
