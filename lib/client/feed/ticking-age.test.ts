import { expect, test } from 'vitest';
import { formatTickingAge } from './ticking-age';

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min 00 s'],
  [185_000, '3 min 05 s'],
  [599_999, '9 min 59 s'],
  [600_000, '10 min'],
  [-5000, '0 s'],
])('%d ms read %s', (ageMs, text) => {
  expect(formatTickingAge(ageMs)).toBe(text);
});
