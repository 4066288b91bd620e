/**
 * Which lines of a text are new against an older one: all between the parts that both begin and end with. Fewer than
 * that may differ; for showing where something just changed it is enough, and costs one pass.
 *
 * @returns the first new line and the line after the last, counted from 0; equal when nothing is new
 */
export function changedLines(
  before: readonly string[],
  after: readonly string[],
): [from: number, to: number] {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return [from, after.length - tail];
}
