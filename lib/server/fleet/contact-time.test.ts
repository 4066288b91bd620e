import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

test("doesn't move to another second while the estimate of the API server's clock improves", () => {
  const contact = new ContactTime();
  const toldMs = contact.toldAtMs(aheadByMs(600));
  vi.advanceTimersByTime(10_000);
  expect(contact.toldAtMs(aheadByMs(100))).toBe(toldMs);
  expect(contact.toldAtMs(aheadByMs(900))).toBe(toldMs);
});

test("follows the API server's clock if that is set", () => {
  const contact = new ContactTime();
  contact.toldAtMs(aheadByMs(0));
  vi.advanceTimersByTime(3000);
  expect(contact.toldAtMs(aheadByMs(3_600_000))).toBe(START_MS + 3_600_000);
  expect(contact.ageMs()).toBe(3000);
});
