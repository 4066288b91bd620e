import { describe, expect, test } from 'vitest';
import { formatAge, formatTickingAge, formatUtc, formatUtcSpan, parseTimeMs } from './age';

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

describe('parseTimeMs', () => {
  test.each([
    ['2026-03-10T02:57:09Z', Date.UTC(2026, 2, 10, 2, 57, 9)],
    ['2026-03-10T02:57:09.123456Z', Date.UTC(2026, 2, 10, 2, 57, 9, 123)],
    ['2026-03-10t02:57:09z', Date.UTC(2026, 2, 10, 2, 57, 9)],
    ['2026-03-10T02:57:09+05:30', Date.UTC(2026, 2, 9, 21, 27, 9)],
    ['2028-02-29T00:00:00Z', Date.UTC(2028, 1, 29)],
    ['2026-12-31T23:59:59Z', Date.UTC(2026, 11, 31, 23, 59, 59)],
  ])('reads %s', (time, ms) => {
    expect(parseTimeMs(time)).toBe(ms);
  });

  test.each([
    undefined,
    null,
    '',
    '0001-01-01T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2027-02-30T00:00:00Z',
    '2027-04-31T00:00:00Z',
    '2027-01-01T24:00:00Z',
    '2027-01-01T12:60:00Z',
    '2027-01-01T12:00:60Z',
    '2027-13-01T12:00:00Z',
    '2027-00-10T12:00:00Z',
    '2027-01-00T12:00:00Z',
    '2027-01-01T12:00:00+24:00',
    '2027-01-01T12:00:00',
    '2027-01-01',
    '1',
    'Tue, 10 Mar 2026 12:00:00 GMT',
    ' 2026-03-10T02:57:09Z',
    `2026-03-10T02:57:09Z (${'x'.repeat(100)})`,
  ])('rejects %s', (time) => {
    expect(parseTimeMs(time)).toBeNull();
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
