'use client';

import { type MutationStatus, useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import { useTick } from '@/lib/client/feed/tick';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';

/** How far a refresh of a plane's status has come. Times in milliseconds. */
export type RefreshState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending' }
  /** `sentAtMs` is on the API server's clock. */
  | { readonly phase: 'waiting'; readonly sentAtMs: number }
  | { readonly phase: 'answered'; readonly tookMs: number }
  | { readonly phase: 'failed'; readonly problem: string };

export interface StatusRefresh {
  readonly refresh: () => void;
  /** Whether the request is under way. */
  readonly busy: boolean;
  /** How far it has come, in a sentence; empty before the first refresh. */
  readonly text: string;
}

/** A working controller answers within seconds; after this long the text says that it hasn't. */
const SILENT_AFTER_MS = 12_000;

/** One refresh: the status before it, and when it began, on the browser's monotonic clock. */
interface Refresh {
  readonly plane: Plane;
  readonly signature: string;
  readonly atMs: number;
}

/**
 * Has a plane's controller reconcile now, and reports when the status says something new. Waiting has no end of its
 * own: the text says how long it has lasted, and you can refresh again at any time.
 */
export function useStatusRefresh(plane: Plane): StatusRefresh {
  const signature = statusSignature(plane);
  const { mutate, variables, status, data, error } = useMutation({
    mutationFn: ({ plane: refreshed }: Refresh) => refreshPlane(planeKey(refreshed)),
  });
  const [answered, setAnswered] = useState<{ readonly to: Refresh; readonly tookMs: number } | null>(null);
  const refresh = useCallback(
    () => mutate({ plane, signature, atMs: performance.now() }),
    [mutate, plane, signature],
  );

  useEffect(() => {
    // A refresh that failed isn't answered by what the controller reports of its own accord.
    if (variables === undefined || variables.signature === signature || error !== null) return;
    const tookMs = performance.now() - variables.atMs;
    // Only the first new status answers it.
    setAnswered((before) => (before?.to === variables ? before : { to: variables, tookMs }));
  }, [variables, signature, error]);

  const tookMs = answered !== null && answered.to === variables ? answered.tookMs : null;
  const state = refreshState({ status, data, error }, tookMs);
  const text = useTick((nowMs) => refreshText(state, nowMs));
  return { refresh, busy: state.phase === 'sending', text };
}

/**
 * @param tookMs how long after the refresh a new status came, which may be before the request's answer; null: none
 *   has
 */
export function refreshState(
  {
    status,
    data,
    error,
  }: {
    readonly status: MutationStatus;
    readonly data: number | undefined;
    readonly error: Error | null;
  },
  tookMs: number | null,
): RefreshState {
  if (tookMs !== null) return { phase: 'answered', tookMs };
  if (error) return { phase: 'failed', problem: error.message };
  if (data !== undefined) return { phase: 'waiting', sentAtMs: data };
  return { phase: status === 'pending' ? 'sending' : 'idle' };
}

/**
 * What a status says, as a text to compare. A controller that finds something new changes it; one that finds nothing
 * new writes nothing, so an unchanged status doesn't prove that no controller is running.
 */
export function statusSignature({ agent, conditions, observedGeneration }: Plane): string {
  return JSON.stringify([agent ?? null, conditions, observedGeneration ?? null]);
}

/**
 * How far a refresh has come. The sentence doesn't tick, since screen readers read it out; empty before the first
 * refresh.
 *
 * @param nowMs the API server's clock
 */
export function refreshText(state: RefreshState, nowMs: number): string {
  switch (state.phase) {
    case 'idle':
      return '';
    case 'sending':
      return 'Asking …';
    case 'waiting': {
      const sinceMs = nowMs - state.sentAtMs;
      return sinceMs < SILENT_AFTER_MS
        ? 'Asked, waiting for the controller …'
        : 'Asked, and the status has not changed since: either nothing is new, or no controller looks.';
    }
    case 'answered':
      return `Asked, answered in ${Math.max(1, Math.round(state.tookMs / 1000))} s.`;
    case 'failed':
      return `Could not be asked: ${state.problem}`;
  }
}
