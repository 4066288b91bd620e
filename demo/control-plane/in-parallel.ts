/**
 * Runs a job for each item, a few at a time. Rejects with the first failure, which doesn't stop the other jobs.
 *
 * @param limit how many run at once
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  run: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await run(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
