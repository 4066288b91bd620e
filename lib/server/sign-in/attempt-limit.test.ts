import { expect, test } from 'vitest';
import { AttemptLimit } from './attempt-limit';

/** Returns how many of the attempts were allowed. */
function attempts(limit: AttemptLimit, count: number, source: (at: number) => string, nowMs = 0): number {
  return Array.from({ length: count }, (_, at) => limit.take(source(at), nowMs)).filter((wait) => wait === 0)
    .length;
}

test('one source has 20 attempts, then one every 6 seconds, and the others go on', () => {
  const limit = new AttemptLimit();
  expect(attempts(limit, 30, () => 'a')).toBe(20);
  expect(limit.take('a', 0)).toBe(6);
  expect(limit.take('b', 0)).toBe(0);
  expect(limit.take('a', 5900)).toBeGreaterThan(0);
  expect(limit.take('a', 6000)).toBe(0);
});

test('all sources together have 200 attempts, then 5 a second', () => {
  const limit = new AttemptLimit();
  expect(attempts(limit, 500, String)).toBe(200);
  expect(attempts(limit, 500, (at) => `later-${at}`, 2000)).toBe(10);
});

test("attempts that succeed don't count", () => {
  const limit = new AttemptLimit();
  for (let at = 0; at < 300; at += 1) {
    expect(limit.take('a', 0)).toBe(0);
    limit.giveBack('a', 0);
  }
});

test('remembers a bounded number of sources', () => {
  const limit = new AttemptLimit();
  for (let at = 0; at < 12_000; at += 1) limit.take(`source-${at}`, at * 1000);
  expect((limit as unknown as { sources: Map<string, unknown> }).sources.size).toBe(10_000);
});
