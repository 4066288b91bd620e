import { describe, expect, test } from 'vitest';
import { ApiServerClock } from './api-server-clock';

const START_MS = Date.parse('2026-03-10T12:00:00.000Z');

/** A clock, and a simulated API server whose own clock is `aheadMs` ahead of this machine's monotonic zero. */
function simulation(aheadMs: number) {
  let monotonicMs = 0;
  let sleptMs = 0;
  let offsetMs = START_MS + aheadMs;
  const clock = new ApiServerClock({
    monotonicMs: () => monotonicMs,
    wallMs: () => 0,
    sleptMs: () => sleptMs,
  });
  return {
    monotonicMs: () => monotonicMs,
    /** Sets this machine's wall clock forward, which the monotonic clock takes for sleep. */
    setOwnClock: (ms: number) => {
      monotonicMs += ms;
      sleptMs += ms;
      offsetMs -= ms;
    },
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

  // A busy machine. Browsers would take the time for true for a minute, and show data as old.
  test.each([
    [5000, 30],
    [30, 5000],
    [2500, 2500],
  ])('is at most half a second ahead after a request of %d ms and an answer of %d ms', (upMs, downMs) => {
    const { clock, request, trueNowMs, pass } = simulation(777);
    request(upMs, downMs);
    expect(clock.nowMs() - trueNowMs()).toBeLessThanOrEqual(500);
    pass(100);
    request(5, 5);
    pass(60_000);
    expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
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

  describe.each([3_600_000, -3_600_000])("when the API server's clock jumps by %d ms", (stepMs) => {
    function jumped() {
      const simulated = simulation(0);
      const { request, pass, set } = simulated;
      request(5, 5);
      simulated.clock.nowMs();
      pass(5000);
      set(stepMs);
      request(5, 5);
      return simulated;
    }

    test('keeps the earlier clock, and reports the other one', () => {
      const { clock, request, pass, trueNowMs, monotonicMs } = jumped();
      const sinceMs = monotonicMs();
      for (let index = 0; index < 100; index += 1) {
        expect(Math.abs(clock.nowMs() - (trueNowMs() - stepMs))).toBeLessThanOrEqual(510);
        expect(clock.disagreement).toMatchObject({ sinceMs, isMixed: false, isFollowed: false });
        pass(4990);
        request(5, 5);
      }
      expect(Math.abs((clock.disagreement?.aheadMs ?? 0) - stepMs)).toBeLessThan(1100);
    });

    test('follows it on request, and reports the jump for 10 min', () => {
      const { clock, request, pass, trueNowMs } = jumped();
      expect(Math.abs(clock.follow() - stepMs)).toBeLessThan(1100);
      expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
      expect(clock.disagreement).toMatchObject({ isMixed: false, isFollowed: true });
      for (let index = 0; index < 119; index += 1) {
        pass(4990);
        request(5, 5);
      }
      expect(clock.disagreement).not.toBeNull();
      pass(10_000);
      request(5, 5);
      expect(clock.disagreement).toBeNull();
      expect(clock.follow()).toBe(0);
    });

    test('moves times of before once it follows the jump, and none after it follows it back', () => {
      const { clock, pass, request, set, trueNowMs } = jumped();
      const before = START_MS - 60_000;
      expect(clock.onClockInUse(before)).toBe(before);
      const byMs = clock.follow();
      pass(600_000);
      expect(clock.onClockInUse(stepMs > 0 ? before : START_MS)).toBe(
        (stepMs > 0 ? before : START_MS) + byMs,
      );
      expect(clock.onClockInUse(trueNowMs() - 60_000)).toBe(trueNowMs() - 60_000);
      set(-stepMs);
      request(5, 5);
      clock.follow();
      expect(clock.onClockInUse(before)).toBe(before);
    });

    test('forgets it a minute after the clock is right again', () => {
      const { clock, request, pass, set, trueNowMs } = jumped();
      set(-stepMs);
      pass(59_000);
      request(5, 5);
      expect(clock.disagreement).not.toBeNull();
      pass(2000);
      request(5, 5);
      expect(clock.disagreement).toBeNull();
      expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
    });

    test('reports two clocks while responses show both', () => {
      const { clock, request, pass, set } = jumped();
      // One that was on its way shows the earlier time.
      set(-stepMs);
      request(5, 5);
      expect(clock.disagreement?.isMixed).toBe(false);
      for (let index = 0; index < 10; index += 1) {
        pass(1000);
        set(stepMs);
        request(5, 5);
        set(-stepMs);
        request(5, 5);
      }
      expect(clock.disagreement).toMatchObject({ isMixed: true, isFollowed: false });
      expect(Math.abs((clock.disagreement?.aheadMs ?? 0) - stepMs)).toBeLessThan(1100);
    });
  });

  test("reports no jump when this machine's own clock is set forward", () => {
    const { clock, request, pass, setOwnClock, trueNowMs } = simulation(0);
    request(5, 5);
    pass(5000);
    setOwnClock(3_600_000);
    request(5, 5);
    expect(clock.disagreement).toBeNull();
    expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
  });

  test('follows a small step at once', () => {
    const { clock, request, pass, set, trueNowMs } = simulation(0);
    request(5, 5);
    pass(5000);
    set(8000);
    request(5, 5);
    expect(clock.disagreement).toBeNull();
    expect(Math.abs(clock.nowMs() - trueNowMs())).toBeLessThanOrEqual(510);
  });

  test("is this machine's own clock until an answer contains the time", () => {
    const clock = new ApiServerClock({ monotonicMs: () => 0, wallMs: () => 1234, sleptMs: () => 0 });
    clock.observe(undefined, 0, 1);
    clock.observe('yesterday', 0, 1);
    expect(clock.known).toBe(false);
    expect(clock.nowMs()).toBe(1234);
  });
});
