import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CheckedWatch, WatchChecker } from './watch-checker';

let checker: WatchChecker;

beforeEach(() => {
  vi.useFakeTimers();
  checker = new WatchChecker();
});
afterEach(() => {
  checker.stop();
  vi.useRealTimers();
});

/** A watch that records when it's checked. */
class FakeWatch implements CheckedWatch {
  readonly checkedAtMs: number[] = [];
  isOpen = true;
  takesMs = 20;

  constructor(readonly checkPeriodMs = 5000) {}

  async check(): Promise<void> {
    this.checkedAtMs.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, this.takesMs));
  }

  /** The longest time between two checks. */
  get longestGapMs(): number {
    return Math.max(...this.checkedAtMs.slice(1).map((atMs, index) => atMs - (this.checkedAtMs[index] ?? 0)));
  }
}

function watches(count: number, periodMs = 5000): FakeWatch[] {
  return Array.from({ length: count }, () => new FakeWatch(periodMs));
}

describe('the checker', () => {
  test('checks each watch every 5 s', async () => {
    const six = watches(6);
    for (const watch of six) checker.add(watch, 'fleet');
    await vi.advanceTimersByTimeAsync(61_000);
    for (const watch of six) {
      expect(watch.checkedAtMs.length).toBeGreaterThanOrEqual(11);
      expect(watch.longestGapMs).toBeLessThanOrEqual(5500);
    }
  });

  test('never sends more than two requests a second, however many pages are open', async () => {
    const [fleet, pages] = [watches(8, 3333), watches(100)];
    const many = [...fleet, ...pages];
    for (const watch of fleet) checker.add(watch, 'fleet').soon();
    for (const watch of pages) checker.add(watch, 'page').soon();
    await vi.advanceTimersByTimeAsync(120_000);
    const times = many.flatMap((watch) => watch.checkedAtMs).toSorted((a, b) => a - b);
    expect(times.length).toBeGreaterThan(230);
    for (let index = 2; index < times.length; index += 1)
      expect((times[index] ?? 0) - (times[index - 2] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  test('checks a fleet of many watches faster, so that each is checked about every 10 s', async () => {
    const fleet = watches(150);
    for (const watch of fleet) checker.add(watch, 'fleet');
    await vi.advanceTimersByTimeAsync(120_000);
    for (const watch of fleet) expect(watch.longestGapMs).toBeLessThanOrEqual(12_000);
  });

  test('checks the fleet first, and pages with what is left of the budget', async () => {
    const fleet = watches(6);
    const pages = watches(40);
    for (const watch of pages) checker.add(watch, 'page');
    for (const watch of fleet) checker.add(watch, 'fleet');
    await vi.advanceTimersByTimeAsync(120_000);
    for (const watch of fleet) expect(watch.longestGapMs).toBeLessThanOrEqual(6000);
    for (const watch of pages) expect(watch.checkedAtMs.length).toBeGreaterThan(0);
  });

  test('checks a watch that has just opened at once', async () => {
    const watch = new FakeWatch();
    const { soon } = checker.add(watch, 'fleet');
    await vi.advanceTimersByTimeAsync(1000);
    soon();
    await vi.advanceTimersByTimeAsync(1);
    expect(watch.checkedAtMs).toHaveLength(1);
  });

  test('leaves broken and removed watches alone, and has one request of a watch at a time', async () => {
    const [broken, removed, slow] = [new FakeWatch(), new FakeWatch(), new FakeWatch()];
    broken.isOpen = false;
    slow.takesMs = 12_000;
    checker.add(broken, 'fleet');
    checker.add(slow, 'fleet');
    checker.add(removed, 'fleet').stop();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(broken.checkedAtMs).toEqual([]);
    expect(removed.checkedAtMs).toEqual([]);
    expect(slow.longestGapMs).toBeGreaterThanOrEqual(12_000);
    broken.isOpen = true;
    await vi.advanceTimersByTimeAsync(5001);
    expect(broken.checkedAtMs).toHaveLength(1);
  });
});
