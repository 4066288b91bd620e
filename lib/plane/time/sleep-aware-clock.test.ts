import { beforeEach, describe, expect, test } from 'vitest';
import { SleepAwareClock } from './sleep-aware-clock';

let runMs: number;
let wallMs: number;
let clock: SleepAwareClock;

beforeEach(() => {
  runMs = 500;
  wallMs = Date.parse('2026-03-10T12:00:00Z');
  clock = new SleepAwareClock(
    () => runMs,
    () => wallMs,
  );
});

describe('SleepAwareClock', () => {
  test('counts a sleep during which the other clock stopped', () => {
    runMs += 1000;
    wallMs += 8 * 3_600_000;
    expect(clock.nowMs()).toBe(500 + 8 * 3_600_000);
    runMs += 2000;
    wallMs += 2000;
    expect(clock.nowMs()).toBe(2500 + 8 * 3_600_000);
  });

  test('counts a sleep only once if the other clock continues', () => {
    runMs += 3_600_000;
    wallMs += 3_600_000;
    expect(clock.nowMs()).toBe(3_600_500);
  });

  test.each([
    ['corrected slightly', 4000],
    ['set back', -3_600_000],
  ])('ignores a wall clock that is %s', (_, stepMs) => {
    runMs += 1000;
    wallMs += 1000 + stepMs;
    expect(clock.nowMs()).toBe(1500);
  });
});
