import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { ContactTime } from './contact-time';

const START_MS = Date.parse('2026-03-10T12:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS });
});
afterEach(() => vi.useRealTimers());

/** The API server's clock, ahead of this machine's by this much. */
const aheadByMs = (ms: number) => Date.now() + ms;

test('ages, and stays the moment that it was', () => {
  const contact = new ContactTime();
  expect(contact.toldAtMs(aheadByMs(0))).toBe(START_MS);
  vi.advanceTimersByTime(7000);
  expect(contact.ageMs()).toBe(7000);
  expect(contact.toldAtMs(aheadByMs(0))).toBe(START_MS);
});

describe("while the estimate of the API server's clock improves", () => {
  /** Takes in an answer that the API server wrote at its arrival. */
  function answer(clock: ApiServerClock, durationMs: number): void {
    const sentAtMs = monotonicMs();
    const date = new Date().toUTCString();
    vi.advanceTimersByTime(durationMs);
    clock.observe(date, sentAtMs, monotonicMs());
  }

  /** Returns when the clock says that a contact was, from the contact on until 40 s later, as two pages may ask. */
  function contactDuring(slowMs: number, toldBy: (clock: ApiServerClock, contact: ContactTime) => number) {
    const clock = new ApiServerClock();
    answer(clock, slowMs);
    clock.nowMs();
    vi.advanceTimersByTime(200);
    answer(clock, 1);
    const contact = new ContactTime();
    const times = [];
    for (let second = 0; second <= 40; second += 1) {
      times.push(formatRfc3339(toldBy(clock, contact)));
      vi.advanceTimersByTime(1000);
    }
    return new Set(times).size;
  }

  test.each([1000, 1900])('stays in the same second after an answer that took %i ms', (slowMs) => {
    // The clock spreads the correction that the second answer brings, so it shows the same contact ever later.
    expect(contactDuring(slowMs, (clock, contact) => clock.nowMs() - contact.ageMs())).toBeGreaterThan(1);
    expect(contactDuring(slowMs, (clock, contact) => contact.toldAtMs(clock.nowMs()))).toBe(1);
  });
});

test("follows the API server's clock if that is set", () => {
  const contact = new ContactTime();
  contact.toldAtMs(aheadByMs(0));
  vi.advanceTimersByTime(3000);
  expect(contact.toldAtMs(aheadByMs(3_600_000))).toBe(START_MS + 3_600_000);
  expect(contact.ageMs()).toBe(3000);
});
