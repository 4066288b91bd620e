import { expect, it } from 'vitest';
import { certificateValidity } from './certificate-validity';

const NOW = Date.parse('2026-11-21T12:00:00Z');

it.each([
  ['2026-01-01T00:00:00Z', '2027-11-20T13:00:00Z', 'valid', 'valid, 364 days left'],
  ['2026-01-01T00:00:00Z', '2026-11-23T12:00:00Z', 'ending', 'valid, 2 days left'],
  ['2026-01-01T00:00:00Z', '2026-11-23T11:59:59Z', 'ending', 'valid, 47 hours left'],
  ['2026-01-01T00:00:00Z', '2026-11-21T13:00:00Z', 'ending', 'valid, 1 hour left'],
  ['2026-01-01T00:00:00Z', '2026-11-21T12:10:00Z', 'ending', 'valid, less than an hour left'],
  ['2026-01-01T00:00:00Z', '2026-11-18T11:00:00Z', 'expired', 'expired 3 days ago'],
  ['2026-11-21T17:00:00Z', '2027-01-01T00:00:00Z', 'not-yet', 'not valid yet, starts in 5 hours'],
  ['2027-06-01T00:00:00Z', '2027-01-01T00:00:00Z', 'expired', 'never valid, ends before it begins'],
  ['soon', '2027-01-01T00:00:00Z', 'unknown', 'unreadable dates'],
])('from %s to %s is %s: %s', (notBefore, notAfter, state, text) => {
  expect(certificateValidity(notBefore, notAfter, NOW)).toEqual({ state, text });
});
