import { describe, expect, test } from 'vitest';
import { ServerClock } from './server-clock';

const START_MS = Date.parse('2026-03-10T12:00:00Z');
const time = (ms: number) => new Date(START_MS + ms).toISOString();

/** Returns a clock on a machine that the test advances. The machine's own wall clock is a year behind. */
function aClock() {
  const machine = { ms: 5000 };
  const clock = new ServerClock(
    () => machine.ms,
    () => START_MS - 365 * 86_400_000,
  );
  return { machine, clock };
}

describe('ServerClock', () => {
  test("uses the browser's own clock while nothing else is known", () => {
    const { clock } = aClock();
    expect(clock.offsetMs).toBeNull();
    expect(clock.nowMs()).toBe(START_MS - 365 * 86_400_000);
  });

  test("runs from the page's render time until the first frame", () => {
    const { machine, clock } = aClock();
    clock.seed(time(0));
    machine.ms += 700;
    expect(clock.nowMs()).toBe(START_MS + 700);
    expect(clock.offsetMs).toBeNull();
    clock.observe(time(5700), machine.ms);
    expect(clock.nowMs()).toBe(START_MS + 5700);
    expect(clock.offsetMs).toBe(START_MS + 5000 - 5000);
  });

  test('keeps its first seed, because a later render is no newer', () => {
    const { machine, clock } = aClock();
    clock.seed(time(0));
    machine.ms += 1000;
    clock.seed(time(0));
    expect(clock.nowMs()).toBe(START_MS + 1000);
  });

  test('spreads a small correction and follows a changed clock at once', () => {
    const { machine, clock } = aClock();
    clock.observe(time(0), machine.ms);
    expect(clock.nowMs()).toBe(START_MS);
    machine.ms += 1000;
    clock.observe(time(2000), machine.ms);
    // A second behind, and a twentieth of the elapsed second is made up.
    expect(clock.nowMs()).toBe(START_MS + 1050);
    clock.observe(time(3_600_000), machine.ms);
    expect(clock.nowMs()).toBe(START_MS + 3_600_000);
  });

  test('ignores invalid times', () => {
    const { clock } = aClock();
    clock.seed('yesterday');
    clock.observe('', 0);
    expect(clock.offsetMs).toBeNull();
    expect(clock.nowMs()).toBe(START_MS - 365 * 86_400_000);
  });
});
