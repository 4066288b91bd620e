import 'server-only';
import { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from './caller';

/**
 * Rejects a caller whose session has ended since the request. Streams call this again and again: they end with the
 * session they were opened with, and the browser opens them again with the renewed one.
 *
 * @throws ProblemError `unauthenticated`
 */
export function requireOpenSession({ sessionEndsAtMs }: Pick<Caller, 'sessionEndsAtMs'>): void {
  if (sessionEndsAtMs === undefined || Date.now() < sessionEndsAtMs) return;
  throw new ProblemError('unauthenticated', 'Your session has ended. Sign in again.');
}
