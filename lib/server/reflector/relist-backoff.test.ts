import { expect, test } from 'vitest';
import { RelistBackoff } from './relist-backoff';

test('lists at once, then after growing pauses of at most 30 s, and starts over after 5 min', () => {
  let nowMs = 0;
  const backoff = new RelistBackoff(() => nowMs);
  const pauses = Array.from({ length: 6 }, () => {
    nowMs += 10_000;
    return backoff.next();
  });
  expect(pauses).toEqual([0, 5000, 10_000, 20_000, 30_000, 30_000]);
  nowMs += 300_001;
  expect(backoff.next()).toBe(0);
});
