import { describe, expect, test } from 'vitest';
import { SlewedClock } from './slewed-clock';

describe('SlewedClock', () => {
  test('uses the first estimate unchanged', () => {
    expect(new SlewedClock().nowMs(100, 1_000_000)).toBe(1_000_100);
  });

  test.each([500, -500])('spreads a correction of %i ms evenly and never goes back', (correctionMs) => {
    const clock = new SlewedClock();
    let before = clock.nowMs(0, 1_000_000);
    for (let atMs = 100; atMs <= 20_000; atMs += 100) {
      const nowMs = clock.nowMs(atMs, 1_000_000 + correctionMs);
      expect(nowMs - before).toBeGreaterThanOrEqual(94.9);
      expect(nowMs - before).toBeLessThanOrEqual(105.1);
      before = nowMs;
    }
    expect(before).toBeCloseTo(1_020_000 + correctionMs, 5);
  });

  test.each([3_600_000, -3_600_000])('follows a clock that was changed by %i ms at once', (stepMs) => {
    const clock = new SlewedClock();
    clock.nowMs(0, 1_000_000);
    expect(clock.nowMs(10, 1_000_000 + stepMs)).toBe(1_000_010 + stepMs);
  });
});
