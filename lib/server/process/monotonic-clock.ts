import 'server-only';
import { SleepAwareClock } from '@/lib/plane/time/sleep-aware-clock';
import { processSlot } from './process-slot';

/** The process shares one clock, because Next's module copies would count from different starts. */
function processClock(): SleepAwareClock {
  return processSlot(
    'monotonic-clock',
    () =>
      new SleepAwareClock(
        () => performance.now(),
        () => Date.now(),
      ),
  );
}

/**
 * Returns this machine's monotonic clock in milliseconds, from an arbitrary start. It counts sleep, so contact from
 * before a suspend is old after it.
 */
export function monotonicMs(): number {
  return processClock().nowMs();
}

/** Returns how much of `monotonicMs` was counted as sleep, in milliseconds. A wall clock set forward counts as sleep. */
export function sleptMs(): number {
  return processClock().sleptMs;
}
