import { describe, expect, test } from 'vitest';
import { Backoff } from './backoff';

describe('Backoff', () => {
  test('doubles its pauses up to 15 s', () => {
    const backoff = new Backoff(() => 1);
    const pauses = Array.from({ length: 9 }, () => backoff.next());
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  test('makes half of each pause random', () => {
    expect(new Backoff(() => 0).next()).toBe(125);
    expect(new Backoff(() => 1).next()).toBe(250);
  });

  test("never waits less than the server requested, and doesn't grow beyond that", () => {
    const backoff = new Backoff(() => 0);
    for (let attempt = 0; attempt < 20; attempt += 1) backoff.next();
    expect(backoff.next(3000)).toBe(3000);
    expect(new Backoff(() => 1).next(3000)).toBe(4500);
  });

  test.each([86_400_000, 3_000_000_000])(
    'waits half a minute if the server requests %d ms',
    (requestedMs) => {
      expect(new Backoff(() => 0).next(requestedMs)).toBe(30_000);
    },
  );

  test('starts over after a reset', () => {
    const backoff = new Backoff(() => 1);
    backoff.next();
    backoff.next();
    expect(backoff.fresh).toBe(false);
    backoff.reset();
    expect(backoff.fresh).toBe(true);
    expect(backoff.next()).toBe(250);
  });
});
