import { describe, expect, test } from 'vitest';
import { formatAge, formatTickingAge, formatUtc, formatUtcSpan } from './age';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('formatAge', () => {
  test.each([
    [-5, '0 s'],
    [0, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [12 * HOUR + 5 * MINUTE, '12 h'],
    [47 * HOUR, '47 h'],
    [48 * HOUR, '2 days'],
    [8 * 24 * HOUR, '8 days'],
  ])('formats %i ms as %s', (ageMs, text) => {
    expect(formatAge(ageMs)).toBe(text);
  });
});

test('formatUtc writes an absolute time with its zone', () => {
  expect(formatUtc(Date.parse('2026-03-10T02:57:09.123Z'))).toBe('2026-03-10 02:57:09 UTC');
});

describe('formatUtcSpan', () => {
  test.each([
    ['2026-03-10T02:57:11Z', '2026-03-10T02:59:02Z', 'between 2026-03-10 02:57 and 02:59 UTC'],
    ['2026-03-09T23:59:11Z', '2026-03-10T00:01:02Z', 'between 2026-03-09 23:59 and 2026-03-10 00:01 UTC'],
    ['2026-03-10T02:57:11Z', '2026-03-10T02:57:40Z', 'at 2026-03-10 02:57 UTC'],
  ])('formats %s to %s', (from, to, text) => {
    expect(formatUtcSpan(Date.parse(from), Date.parse(to))).toBe(text);
  });
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [599_999, '9 min 59 s'],
  [600_000, '10 min'],
  [-5000, '0 s'],
])('formatTickingAge formats %d ms as %s', (ageMs, text) => {
  expect(formatTickingAge(ageMs)).toBe(text);
});
