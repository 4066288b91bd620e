import { SleepAwareClock } from '@/lib/plane/time/sleep-aware-clock';

const clock = new SleepAwareClock(
  () => performance.now(),
  () => Date.now(),
);

/**
 * Returns this browser's monotonic clock in milliseconds, from an arbitrary start. Ages are measured with it because
 * a browser's wall clock can be wrong by an hour, and can be set while the page is open.
 */
export function monotonicMs(): number {
  return clock.nowMs();
}
