/** How one item of several went. */
export type Outcome<T> = { readonly item: T } & (
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly problem: string }
);

/**
 * Does something for every item, a few at a time, and stops at nothing: one that fails takes none of the others with it.
 *
 * @param limit how many at once
 * @param onProgress after each, with how many are over
 * @returns in the order of the items
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<void>,
  onProgress: (over: number) => void = () => {},
): Promise<Outcome<T>[]> {
  const outcomes: Outcome<T>[] = [];
  let next = 0;
  let over = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index] as T;
      outcomes[index] = await run(item).then(
        (): Outcome<T> => ({ item, state: 'done' }),
        (error: unknown): Outcome<T> => ({
          item,
          state: 'failed',
          problem: error instanceof Error ? error.message : 'It is not known why.',
        }),
      );
      over += 1;
      onProgress(over);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return outcomes;
}

/** Failures gathered by their reason, the most frequent first. */
export function failuresByReason<T>(
  outcomes: readonly Outcome<T>[],
): { readonly problem: string; readonly items: readonly T[] }[] {
  const byProblem = new Map<string, T[]>();
  for (const outcome of outcomes) {
    if (outcome.state !== 'failed') continue;
    byProblem.set(outcome.problem, [...(byProblem.get(outcome.problem) ?? []), outcome.item]);
  }
  return [...byProblem]
    .map(([problem, items]) => ({ problem, items }))
    .sort((a, b) => b.items.length - a.items.length);
}
