import 'server-only';

/** Maps all items, no more than `concurrency` at a time; answers stand in the order of the items. The first error ends it. */
export async function boundedMap<T, R>(
  items: readonly T[],
  concurrency: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const work = async () => {
    // All workers take from the same iterator, so each item is taken once.
    for (const [index, item] of queue) results.set(index, await map(item));
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as R] : []));
}
