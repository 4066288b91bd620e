import { expect } from 'vitest';

const FACTOR = 8;
/** Between linear (8) and quadratic (64). */
const MAX_GROWTH = 24;
/** Shorter times are mostly noise. Quadratic work on the texts of these tests takes seconds. */
const NOISE_MS = 100;

/**
 * Expects that the time of some work grows about as its text does. It counts the processor time of this thread, on
 * which other programs of the machine have no influence.
 *
 * @param work works on a text that repeats its unit this often
 * @param times at most a text of a megabyte, so that quadratic work still ends
 */
export function expectLinearTime(work: (times: number) => void, times: number): void {
  const longMs = processorMs(() => work(times));
  if (longMs < NOISE_MS) return;
  const shortMs = processorMs(() => work(Math.floor(times / FACTOR)));
  expect(longMs / Math.max(shortMs, NOISE_MS / FACTOR)).toBeLessThan(MAX_GROWTH);
}

function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
