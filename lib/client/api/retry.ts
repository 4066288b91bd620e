import { ApiError } from './api-request';

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
const TOO_MANY_REQUESTS = 429;

/**
 * Whether asking again can help: after a timeout, a server that fails, or no answer at all. A refusal (401, 403, 404 and
 * every other 4xx) stays the same until somebody changes a right or the resource.
 */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === null || error.status >= 500 || error.status === TOO_MANY_REQUESTS;
}

/** How long to wait before asking again, milliseconds. @param failures how often it has failed before, from 0 */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
}
