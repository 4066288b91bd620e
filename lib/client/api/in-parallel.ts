import { pastError } from './server-return';

/** The number of parallel requests: enough to be quick, too few to strain the API server. */
export const REQUESTS_AT_ONCE = 4;

/** The outcome for one of several items. */
export type Outcome<T> = { readonly item: T } & (
  | { readonly state: 'done' }
  /** The task was stopped before this item, or before it was read. */
  | { readonly state: 'not-started' }
  | { readonly state: 'failed'; readonly problem: string }
);

/**
 * Runs a task for every item, a few at a time. A failure doesn't stop the others.
 *
 * @param limit how many run at once
 * @param onProgress called after each item with the number of finished items
 * @param signal when it's aborted, no further item is started; those that run finish
 * @returns the outcomes, in the order of the items
 */
export async function inParallel<T>(
  items: readonly T[],
  limit: number,
  run: (item: T) => Promise<void>,
  onProgress: (finished: number) => void = () => {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome<T>[]> {
  const outcomes = items.map((item): Outcome<T> => ({ item, state: 'not-started' }));
  let next = 0;
  let finished = 0;
  const worker = async () => {
    while (next < items.length && !signal.aborted) {
      const index = next;
      next += 1;
      const item = items[index] as T;
      outcomes[index] = await run(item).then(
        (): Outcome<T> => ({ item, state: 'done' }),
        (error: unknown): Outcome<T> =>
          isAbort(error, signal)
            ? { item, state: 'not-started' }
            : {
                item,
                state: 'failed',
                problem: error instanceof Error ? pastError(error).message : 'Unknown error.',
              },
      );
      finished += 1;
      onProgress(finished);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return outcomes;
}

/** Whether an item ended because of the stop, as a read does that takes the signal. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && error instanceof Error && error.name === 'AbortError';
}
