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
  test('counts a sleep in which the other clock stood still', () => {
    runMs += 1000;
    wallMs += 8 * 3_600_000;
    expect(clock.nowMs()).toBe(500 + 8 * 3_600_000);
    runMs += 2000;
    wallMs += 2000;
    expect(clock.nowMs()).toBe(2500 + 8 * 3_600_000);
  });

  test('counts no sleep twice where the other clock goes on', () => {
    runMs += 3_600_000;
    wallMs += 3_600_000;
    expect(clock.nowMs()).toBe(3_600_500);
  });

  test.each([
    ['corrected by a little', 4000],
    ['set back', -3_600_000],
  ])('is not moved by a wall clock that is %s', (_, stepMs) => {
    runMs += 1000;
    wallMs += 1000 + stepMs;
    expect(clock.nowMs()).toBe(1500);
  });
});
