import { expect, test } from 'vitest';
import { inParallel } from './in-parallel';

test('runs all items, at most the limit at once, and keeps their order in the results', async () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  const releases: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const progress: number[] = [];
  const all = inParallel(
    items,
    4,
    async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => releases.push(resolve));
      running -= 1;
    },
    (finished) => progress.push(finished),
  );
  for (let done = 0; done < items.length; done += 1) {
    while (releases.length === 0) await Promise.resolve();
    releases.pop()?.();
    await Promise.resolve();
  }
  const outcomes = await all;
  expect(most).toBe(4);
  expect(outcomes.map(({ item }) => item)).toEqual(items);
  expect(progress).toEqual(items.map((index) => index + 1));
});

test('starts nothing after a stop, lets what runs finish, and counts what is left as not started', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  const releases: (() => void)[] = [];
  const all = inParallel(
    [1, 2, 3, 4, 5, 6],
    2,
    async (item) => {
      started.push(item);
      await new Promise<void>((resolve) => releases.push(resolve));
      if (item === 2) throw new Error('Not allowed.');
    },
    () => {},
    stop.signal,
  );
  stop.abort();
  for (const release of releases) release();
  const outcomes = await all;
  expect(started).toEqual([1, 2]);
  expect(outcomes.map(({ state }) => state)).toEqual([
    'done',
    'failed',
    'not-started',
    'not-started',
    'not-started',
    'not-started',
  ]);
});

test('a read that the stop aborted has not failed', async () => {
  const stop = new AbortController();
  const outcomes = await inParallel(
    [1, 2],
    1,
    async () => {
      stop.abort();
      stop.signal.throwIfAborted();
    },
    () => {},
    stop.signal,
  );
  expect(outcomes.map(({ state }) => state)).toEqual(['not-started', 'not-started']);
});

test('returns at once when there are no items', async () => {
  expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
});
