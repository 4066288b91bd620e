import { expect, test } from 'vitest';
import { ReviewQueue } from './review-queue';

test('never runs more tasks than allowed, in order, also after some have failed', async () => {
  const queue = new ReviewQueue(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const task = (index: number) => async () => {
    begun.push(index);
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (index % 2 === 1) throw new Error(`task ${index}`);
    return index;
  };
  const indexes = Array.from({ length: 20 }, (_, index) => index);
  const results = await Promise.allSettled(indexes.map((index) => queue.run(task(index))));
  expect(most).toBe(2);
  expect(begun).toEqual(indexes);
  expect(results.map(({ status }) => status)).toEqual(
    indexes.map((index) => (index % 2 === 1 ? 'rejected' : 'fulfilled')),
  );
  expect(await queue.run(task(20))).toBe(20);
  expect(most).toBe(2);
});
