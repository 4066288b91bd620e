import { describe, expect, test } from 'vitest';
import { ServerClockEstimate } from './server-clock-estimate';

describe('ServerClockEstimate', () => {
  test('has no offset before the first frame', () => {
    expect(new ServerClockEstimate().offsetMs).toBeNull();
  });

  test('trusts the frame with the shortest delay', () => {
    const estimate = new ServerClockEstimate();
    for (const [serverMs, delayMs] of [
      [1_000_000, 300],
      [1_005_000, 4],
      [1_010_000, 900],
    ] as const) {
      estimate.add(serverMs, serverMs - 1_000_000 + delayMs);
    }
    expect(estimate.offsetMs).toBe(1_000_000 - 4);
  });

  test("forgets samples after a minute, so drift doesn't add up", () => {
    const estimate = new ServerClockEstimate();
    estimate.add(1_000_000, 0);
    estimate.add(1_060_900, 61_000);
    expect(estimate.offsetMs).toBe(999_900);
  });

  test('follows at once when the clocks have shifted', () => {
    const estimate = new ServerClockEstimate();
    estimate.add(1_000_000, 0);
    estimate.add(1_000_000, 10_000);
    expect(estimate.offsetMs).toBe(990_000);
    // The monotonic clock stopped while the machine slept for an hour.
    estimate.add(1_000_000 + 3_600_000, 11_000);
    expect(estimate.offsetMs).toBe(4_589_000);
  });
});
