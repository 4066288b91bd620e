import { expect, test } from 'vitest';
import { failuresByReason, inParallel } from './bulk-actions';

test('never more than the limit run at once, all run, and the answers keep the order', async () => {
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
    (over) => progress.push(over),
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

test('one that fails takes no other with it, and failures are gathered by their reason', async () => {
  const outcomes = await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    if (item === 2) throw new Error('Not allowed.');
    if (item >= 4) throw new Error('Gone.');
  });
  expect(outcomes.filter(({ state }) => state === 'done').map(({ item }) => item)).toEqual([1, 3]);
  expect(failuresByReason(outcomes)).toEqual([
    { problem: 'Gone.', items: [4, 5] },
    { problem: 'Not allowed.', items: [2] },
  ]);
});

test('nothing to do is done at once', async () => {
  expect(await inParallel([], 4, () => Promise.reject(new Error('never')))).toEqual([]);
});
