import { expect, it } from 'vitest';
import { reloadDelayMs } from './reload';

it('a crashed page reloads after 10 s at first, then later each time, up to five minutes', () => {
  expect([0, 1, 2, 10].map(reloadDelayMs)).toEqual([10_000, 20_000, 40_000, 300_000]);
});
