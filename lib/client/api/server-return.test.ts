import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { ApiError, lostAnswerText, NoResponseError } from './api-request';
import { createQueryClient } from './query-client';
import { currentError, refetchUnanswered } from './server-return';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('the error of a write without an answer', () => {
  const textOf = (error: Error | null) => error && lostAnswerText(error, 'the change may have been saved');

  test("says that the server isn't responding until its next message", () => {
    vi.advanceTimersByTime(1000);
    const error = new NoResponseError();
    const [before, after] = [error.atMs - 1, error.atMs + 1];
    for (const lastFrameAtMs of [null, before, error.atMs])
      expect(textOf(currentError(error, lastFrameAtMs))).toBe(
        "Outcome unknown: the change may have been saved. Planeboard's server isn't responding.",
      );
    expect(textOf(currentError(error, after))).toBe(
      "Outcome unknown: the change may have been saved. Planeboard's server didn't respond.",
    );
  });

  test('stays the same object while it says the same', () => {
    const error = new NoResponseError();
    expect(currentError(error, error.atMs + 1)).toBe(currentError(error, error.atMs + 2));
  });
});

test.each([
  null,
  new Error('Not saved.'),
  new ApiError('No.', null, 403),
  new ApiError('HTTP 502', null, 502),
])('leaves %s as it is when the server sends messages', (error) => {
  expect(currentError(error, Number.MAX_SAFE_INTEGER)).toBe(error);
});

describe("a query that doesn't retry", () => {
  function observe(queryFn: () => Promise<string>) {
    const client = createQueryClient();
    const querySpy = vi.fn(queryFn);
    const options = { queryKey: ['check'], queryFn: querySpy, retry: false };
    const observer = new QueryObserver(client, options);
    return { client, querySpy, observer, stop: observer.subscribe(() => {}) };
  }

  test('is read again by a message of the server after it went unanswered', async () => {
    let answer = () => Promise.reject<string>(new NoResponseError());
    const { client, querySpy, observer, stop } = observe(() => answer());
    const lastFrameAtMs = monotonicMs();
    await vi.advanceTimersByTimeAsync(5000);
    refetchUnanswered(client, lastFrameAtMs);
    expect(querySpy).toHaveBeenCalledTimes(1);
    answer = () => Promise.resolve('checked');
    refetchUnanswered(client, monotonicMs());
    await vi.advanceTimersByTimeAsync(0);
    expect(observer.getCurrentResult()).toMatchObject({ status: 'success', data: 'checked' });
    refetchUnanswered(client, monotonicMs());
    expect(querySpy).toHaveBeenCalledTimes(2);
    stop();
  });

  test('is read ever less often while messages arrive but no answer', async () => {
    const { client, querySpy, stop } = observe(() => Promise.reject(new NoResponseError()));
    for (let second = 0; second < 60; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      refetchUnanswered(client, monotonicMs());
    }
    await vi.advanceTimersByTimeAsync(0);
    expect(querySpy.mock.calls.length).toBeGreaterThan(4);
    expect(querySpy.mock.calls.length).toBeLessThan(10);
    stop();
  });

  test('stays refused', async () => {
    const { client, querySpy, stop } = observe(() => Promise.reject(new ApiError('No.', null, 403)));
    await vi.advanceTimersByTimeAsync(5000);
    refetchUnanswered(client, monotonicMs());
    expect(querySpy).toHaveBeenCalledTimes(1);
    stop();
  });
});
