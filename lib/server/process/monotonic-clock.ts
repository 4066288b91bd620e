import 'server-only';
import { SleepAwareClock } from '@/lib/plane/time/sleep-aware-clock';
import { processSlot } from './process-slot';

/**
 * This machine's monotonic clock in milliseconds, from an arbitrary start. It counts sleep, so that contact from before
 * a suspend is old after it; one for the process, or two of Next's module copies would count from different starts.
 */
export function monotonicMs(): number {
  return processSlot(
    'monotonic-clock',
    () =>
      new SleepAwareClock(
        () => performance.now(),
        () => Date.now(),
      ),
  ).nowMs();
}
