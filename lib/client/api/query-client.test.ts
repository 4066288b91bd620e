import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from './api-request';
import { createQueryClient, objectKey, queryProblem, retryAtMost } from './query-client';

const LOST = new ApiError("Planeboard's server does not answer.", null, null);
const REFUSED = [401, 403, 404].map((status) => new ApiError('No.', null, status));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

/** Follows a query and counts how often it asks. */
function followed(queryFn: () => Promise<string>) {
  const asked = vi.fn(queryFn);
  const observer = new QueryObserver(createQueryClient(), { queryKey: ['test'], queryFn: asked });
  return { asked, observer, stop: observer.subscribe(() => {}) };
}

test.each(REFUSED)('never repeats a query that was refused with $status', async (error) => {
  const { asked, observer, stop } = followed(() => Promise.reject(error));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(observer.getCurrentResult().error).toBe(error);
  stop();
});

test('repeats a query until it is answered, and says meanwhile why it is not', async () => {
  let answer = () => Promise.reject<string>(LOST);
  const { asked, observer, stop } = followed(() => answer());
  await vi.advanceTimersByTimeAsync(60_000);
  // At 0, 1, 3, 7, 15, 30, 45 and 60 s.
  expect(asked).toHaveBeenCalledTimes(8);
  expect(observer.getCurrentResult().status).toBe('pending');
  expect(queryProblem(observer.getCurrentResult())).toBe("Planeboard's server does not answer.");
  answer = () => Promise.resolve('here');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(observer.getCurrentResult().data).toBe('here');
  expect(queryProblem(observer.getCurrentResult())).toBeNull();
  stop();
});

test('never repeats a mutation: a lost answer may have been written', async () => {
  const write = vi.fn(() => Promise.reject<string>(LOST));
  const observer = new MutationObserver(createQueryClient(), { mutationFn: write });
  await expect(observer.mutate()).rejects.toBe(LOST);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(write).toHaveBeenCalledTimes(1);
});

test('reads and writes although the browser says that it is offline', async () => {
  onlineManager.setOnline(false);
  const { observer, stop } = followed(() => Promise.resolve('read'));
  await vi.advanceTimersByTimeAsync(0);
  expect(observer.getCurrentResult().data).toBe('read');
  stop();
  const write = new MutationObserver(createQueryClient(), { mutationFn: () => Promise.resolve('written') });
  await expect(write.mutate()).resolves.toBe('written');
});

test('tells that a write has begun before the next click', async () => {
  const observer = new MutationObserver(createQueryClient(), {
    mutationFn: () => new Promise<string>(() => {}),
  });
  const seen: string[] = [];
  observer.subscribe(({ status }) => seen.push(status));
  void observer.mutate();
  // A microtask, so that no event can come between; timers stand still here.
  await Promise.resolve();
  expect(seen).toEqual(['pending']);
});

test('forgets what was sent soon after its component is gone', async () => {
  const client = createQueryClient();
  const observer = new MutationObserver(client, { mutationFn: (_secret: string) => Promise.resolve() });
  const stop = observer.subscribe(() => {});
  await observer.mutate('a private key');
  expect(client.getMutationCache().getAll()).toHaveLength(1);
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.getMutationCache().getAll()).toEqual([]);
});

test('gives up after so many retries, and at once after a refusal', () => {
  const retry = retryAtMost(2);
  expect([0, 1, 2].map((failures) => retry(failures, LOST))).toEqual([true, true, false]);
  for (const error of REFUSED) expect(retry(0, error)).toBe(false);
});

test('gives every object a key of its own', () => {
  const [one, equal] = [{ text: 'same' }, { text: 'same' }];
  expect(objectKey(one)).toBe(objectKey(one));
  expect(objectKey(equal)).not.toBe(objectKey(one));
});
