import type { QueryClient } from '@tanstack/react-query';
import { ApiError, NoResponseError, retryDelayMs } from './api-request';

/**
 * Returns an error as it may be shown now: after the server's next message, it no longer says that the server isn't
 * responding. All other errors stay as they are.
 *
 * @param lastFrameAtMs when the server's last message arrived, on this browser's monotonic clock; null: never
 */
export function currentError<E extends Error>(
  error: E | null,
  lastFrameAtMs: number | null,
): E | ApiError | null {
  return error instanceof NoResponseError && hasAnsweredSince(error, lastFrameAtMs)
    ? pastError(error)
    : error;
}

const NO_RESPONSE = new ApiError("Planeboard's server didn't respond.", null, null);

/** Returns an error for a record of what happened, which is read later. */
export function pastError<E extends Error>(error: E): E | ApiError {
  return error instanceof NoResponseError ? NO_RESPONSE : error;
}

/**
 * Reads again what the server hasn't answered, once it answers again. Queries that retry by themselves are still
 * waiting then; this is for those that ended with the error.
 *
 * @param lastFrameAtMs when the server's last message arrived, on this browser's monotonic clock
 */
export function refetchUnanswered(client: QueryClient, lastFrameAtMs: number): void {
  void client.refetchQueries({
    type: 'active',
    predicate: ({ state: { fetchStatus, error, errorUpdateCount } }) =>
      fetchStatus === 'idle' &&
      error instanceof NoResponseError &&
      // Something else than the server may keep the answer back, such as a proxy.
      hasAnsweredSince(error, lastFrameAtMs - retryDelayMs(errorUpdateCount - 1)),
  });
}

function hasAnsweredSince({ atMs }: NoResponseError, lastFrameAtMs: number | null): boolean {
  return lastFrameAtMs !== null && lastFrameAtMs > atMs;
}
