import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from './api-request';
import { createQueryClient, objectKey, queryProblem, retryAtMost } from './query-client';

const LOST = new ApiError("Planeboard's server isn't responding.", null, null);
const REFUSED = [401, 403, 404].map((status) => new ApiError('No.', null, status));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

/** Observes a query and counts its requests. */
function observeQuery(queryFn: () => Promise<string>) {
  const querySpy = vi.fn(queryFn);
  const observer = new QueryObserver(createQueryClient(), { queryKey: ['test'], queryFn: querySpy });
  return { querySpy, observer, stop: observer.subscribe(() => {}) };
}

test.each(REFUSED)('never retries a query refused with $status', async (error) => {
  const { querySpy, observer, stop } = observeQuery(() => Promise.reject(error));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(querySpy).toHaveBeenCalledTimes(1);
  expect(observer.getCurrentResult().error).toBe(error);
  stop();
});

test('retries a query until it succeeds, and reports the problem meanwhile', async () => {
  let answer = () => Promise.reject<string>(LOST);
  const { querySpy, observer, stop } = observeQuery(() => answer());
  await vi.advanceTimersByTimeAsync(60_000);
  // At 0, 1, 3, 7, 15, 30, 45 and 60 s.
  expect(querySpy).toHaveBeenCalledTimes(8);
  expect(observer.getCurrentResult().status).toBe('pending');
  expect(queryProblem(observer.getCurrentResult())).toBe("Planeboard's server isn't responding.");
  answer = () => Promise.resolve('here');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(observer.getCurrentResult().data).toBe('here');
  expect(queryProblem(observer.getCurrentResult())).toBeNull();
  stop();
});

test('never retries a mutation, because a write without a response may have been applied', async () => {
  const write = vi.fn(() => Promise.reject<string>(LOST));
  const observer = new MutationObserver(createQueryClient(), { mutationFn: write });
  await expect(observer.mutate()).rejects.toBe(LOST);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(write).toHaveBeenCalledTimes(1);
});

test('reads and writes even if the browser reports that it is offline', async () => {
  onlineManager.setOnline(false);
  const { observer, stop } = observeQuery(() => Promise.resolve('read'));
  await vi.advanceTimersByTimeAsync(0);
  expect(observer.getCurrentResult().data).toBe('read');
  stop();
  const write = new MutationObserver(createQueryClient(), { mutationFn: () => Promise.resolve('written') });
  await expect(write.mutate()).resolves.toBe('written');
});

test('reports a started write before the next click', async () => {
  const observer = new MutationObserver(createQueryClient(), {
    mutationFn: () => new Promise<string>(() => {}),
  });
  const seen: string[] = [];
  observer.subscribe(({ status }) => seen.push(status));
  void observer.mutate();
  // A microtask, so no event can come between. Timers don't run here.
  await Promise.resolve();
  expect(seen).toEqual(['pending']);
});

test('forgets the variables of a mutation soon after its component unmounts', async () => {
  const client = createQueryClient();
  const observer = new MutationObserver(client, { mutationFn: (_secret: string) => Promise.resolve() });
  const stop = observer.subscribe(() => {});
  await observer.mutate('a private key');
  expect(client.getMutationCache().getAll()).toHaveLength(1);
  stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(client.getMutationCache().getAll()).toEqual([]);
});

test('gives up after the given number of retries, and at once after a refusal', () => {
  const retry = retryAtMost(2);
  expect([0, 1, 2].map((failures) => retry(failures, LOST))).toEqual([true, true, false]);
  for (const error of REFUSED) expect(retry(0, error)).toBe(false);
});

test('gives every object its own key', () => {
  const [first, equal] = [{ text: 'same' }, { text: 'same' }];
  expect(objectKey(first)).toBe(objectKey(first));
  expect(objectKey(equal)).not.toBe(objectKey(first));
});
