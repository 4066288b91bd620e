'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { getFleetState, subscribeFleet } from '@/lib/client/feed/fleet-feed';
import type { ApiError } from './api-request';
import { currentError } from './server-return';

/**
 * Returns the error of a write as it may be shown now: it stops saying that the server isn't responding when the server
 * answers again. Queries need no such thing, because they are read again then.
 */
export function useCurrentError<E extends Error>(error: E | null): E | ApiError | null {
  const read = useCallback(() => currentError(error, getFleetState().lastFrameAtMs), [error]);
  return useSyncExternalStore(subscribeFleet, read, () => error);
}
