import 'server-only';
import { SleepAwareClock } from '@/lib/plane/time/sleep-aware-clock';
import { processSlot } from './process-slot';

/**
 * Returns this machine's monotonic clock in milliseconds, from an arbitrary start. It counts sleep, so contact from
 * before a suspend is old after it. The process shares one, because Next's module copies would count from different
 * starts.
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
