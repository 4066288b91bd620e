'use client';

import { type UseMutationOptions, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { getFleetState, subscribeFleet } from '@/lib/client/feed/fleet-feed';
import type { ApiError } from './api-request';
import { currentError } from './server-return';

/** A mutation whose error is the one that may be shown now. */
export type Write<Data, Variables, Failure extends Error = Error> = Pick<
  UseMutationResult<Data, Failure, Variables>,
  'mutate' | 'reset' | 'status' | 'isPending' | 'isSuccess' | 'variables' | 'data'
> & { readonly error: Failure | ApiError | null };

/**
 * Sends a write. Its error stops saying that the server isn't responding when the server answers again. Queries need no
 * such thing, because they are read again then.
 */
export function useWrite<Data, Variables = void, Failure extends Error = Error>(
  options: UseMutationOptions<Data, Failure, Variables>,
): Write<Data, Variables, Failure> {
  const { mutate, reset, status, isPending, isSuccess, variables, data, error } = useMutation(options);
  const read = useCallback(() => currentError(error, getFleetState().lastFrameAtMs), [error]);
  const shown = useSyncExternalStore(subscribeFleet, read, () => error);
  return { mutate, reset, status, isPending, isSuccess, variables, data, error: shown };
}
