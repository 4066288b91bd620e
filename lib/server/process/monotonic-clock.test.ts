import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { SourceTable } from '@/lib/server/fleet/source-table';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';

const HOURS_MS = 8 * 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-10T12:00:00Z') });
});
afterEach(() => vi.useRealTimers());

/** Simulates a suspended machine on Linux: the wall clock continues, while `performance.now()` and timers stop. */
function sleep(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

describe("after a sleep of this server's machine", () => {
  test("the API server's clock includes the sleep", () => {
    const clock = new ApiServerClock();
    clock.observe('Tue, 10 Mar 2026 12:00:00 GMT', performance.now(), performance.now());
    const beforeMs = clock.nowMs();
    sleep(HOURS_MS);
    expect(clock.nowMs() - beforeMs).toBe(HOURS_MS);
  });

  test('a source with contact just before the sleep is silent', () => {
    const sources = new SourceTable(DEFAULT_LIMITS, Date.now, () => {});
    sources.add({ plural: 'dataplanes' });
    sources.watching({ plural: 'dataplanes' });
    sources.contact({ plural: 'dataplanes' });
    expect(sources.lostContact('It is away.')).toEqual([]);
    sleep(HOURS_MS);
    expect(sources.lostContact('It is away.')).toEqual([{ plural: 'dataplanes' }]);
  });
});
