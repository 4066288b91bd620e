import { describe, expect, test } from 'vitest';
import { ApiServerClock } from './api-server-clock';

const START_MS = Date.parse('2026-03-10T12:00:00.000Z');

/** A clock, and a simulated API server whose own clock is `aheadMs` ahead of this machine's monotonic zero. */
function simulation(aheadMs: number) {
  let monotonicMs = 0;
  let offsetMs = START_MS + aheadMs;
  const clock = new ApiServerClock(
    () => monotonicMs,
    () => 0,
  );
  return {
    clock,
    trueNowMs: () => monotonicMs + offsetMs,
    pass: (ms: number) => {
      monotonicMs += ms;
    },
    set: (ms: number) => {
      offsetMs += ms;
    },
    /** One request: the server writes its Date header after `upMs`, the answer arrives after `downMs` more. */
    request: (upMs: number, downMs: number) => {
      const sentAtMs = monotonicMs;
      monotonicMs += upMs;
      const header = new Date(Math.floor((monotonicMs + offsetMs) / 1000) * 1000).toUTCString();
      monotonicMs += downMs;
      clock.observe(header, sentAtMs, monotonicMs);
    },
  };
}

describe('ApiServerClock', () => {
  test('is within half a second and half the round trip after one answer', () => {
    for (const aheadMs of [0, 123, 500, 999, 3_600_000]) {
      const { clock, request, trueNowMs } = simulation(aheadMs);
      request(10, 30);
      expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(520);
    }
  });

  test('comes within 100 ms although the header has only whole seconds', () => {
    const { clock, request, pass, trueNowMs } = simulation(777);
    for (let index = 0; index < 30; index += 1) {
      request(5, 5);
      pass(4990 + 37 * index);
    }
    expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThan(100);
  });

  test('never goes back while its estimate improves', () => {
    const { clock, request, pass } = simulation(250);
    let previousMs = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < 200; index += 1) {
      if (index % 5 === 0) request(index % 7, index % 11);
      const nowMs = clock.nowMs();
      expect(nowMs).toBeGreaterThanOrEqual(previousMs);
      previousMs = nowMs;
      pass(13);
    }
  });

  test("follows the API server's clock when it is set forwards or back", () => {
    for (const stepMs of [3_600_000, -3_600_000]) {
      const { clock, request, pass, set, trueNowMs } = simulation(0);
      request(5, 5);
      clock.nowMs();
      pass(5000);
      set(stepMs);
      request(5, 5);
      expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
    }
  });

  test("is this machine's own clock until an answer contains the time", () => {
    const clock = new ApiServerClock(
      () => 0,
      () => 1234,
    );
    clock.observe(undefined, 0, 1);
    clock.observe('yesterday', 0, 1);
    expect(clock.known).toBe(false);
    expect(clock.nowMs()).toBe(1234);
  });
});
