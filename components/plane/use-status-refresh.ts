'use client';

import type { MutationStatus } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { isOutcomeUnknown } from '@/lib/client/api/api-request';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import { useWrite } from '@/lib/client/api/use-write';
import { useTick } from '@/lib/client/feed/tick';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';
import { paced } from '@/lib/plane/time/pace';

/** The progress of a status refresh. Times are in milliseconds. */
export type RefreshState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending' }
  /** `sentAtMs` is on the API server's clock. */
  | { readonly phase: 'waiting'; readonly sentAtMs: number }
  | { readonly phase: 'answered'; readonly tookMs: number }
  /** `unknown`: it may have been requested. */
  | { readonly phase: 'failed'; readonly problem: string; readonly unknown: boolean };

export interface StatusRefresh {
  readonly refresh: () => void;
  /** Whether the request is in progress. */
  readonly busy: boolean;
  /** A sentence about its progress; empty before the first refresh. */
  readonly text: string;
}

/** A working controller answers within seconds. After this time the text says that it hasn't. */
const SILENT_AFTER_MS = 12_000;

/** A refresh: the status before it, and its start on the browser's monotonic clock. */
interface Refresh {
  readonly plane: Plane;
  readonly signature: string;
  readonly atMs: number;
}

/**
 * Makes a plane's controller reconcile now and reports when the status changes. Waiting never times out: the text
 * says when the answer is overdue, and you can refresh again at any time.
 */
export function useStatusRefresh(plane: Plane): StatusRefresh {
  const signature = statusSignature(plane);
  const { mutate, variables, status, data, error } = useWrite({
    mutationFn: ({ plane: refreshed }: Refresh) => refreshPlane(planeKey(refreshed)),
  });
  const [answered, setAnswered] = useState<{ readonly to: Refresh; readonly tookMs: number } | null>(null);
  const refresh = useCallback(
    () => mutate({ plane, signature, atMs: performance.now() }),
    [mutate, plane, signature],
  );

  useEffect(() => {
    // A later report of the controller doesn't answer a failed refresh.
    if (variables === undefined || variables.signature === signature || error !== null) return;
    const tookMs = performance.now() - variables.atMs;
    // Only the first new status answers the refresh.
    setAnswered((before) => (before?.to === variables ? before : { to: variables, tookMs }));
  }, [variables, signature, error]);

  const tookMs = answered !== null && answered.to === variables ? answered.tookMs : null;
  const state = refreshState({ status, data, error }, tookMs);
  const text = useTick((nowMs) => refreshText(state, nowMs));
  return { refresh, busy: state.phase === 'sending', text };
}

/**
 * The state of a refresh from its request and the plane's status.
 *
 * @param tookMs the time from the refresh to a new status, which may arrive before the request's answer; null: the
 *   status hasn't changed
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
  if (error) return { phase: 'failed', problem: error.message, unknown: isOutcomeUnknown(error) };
  if (data !== undefined) return { phase: 'waiting', sentAtMs: data };
  return { phase: status === 'pending' ? 'sending' : 'idle' };
}

/**
 * A text to compare statuses. A controller that finds nothing new writes nothing, so an unchanged status doesn't
 * prove that no controller is running.
 */
export function statusSignature({ agent, conditions, observedGeneration }: Plane): string {
  return JSON.stringify([agent ?? null, conditions, observedGeneration ?? null]);
}

/**
 * A sentence about the progress of a refresh; empty before the first refresh. It has no ticking time, since screen
 * readers announce every change.
 *
 * @param nowMs the API server's clock
 */
export function refreshText(state: RefreshState, nowMs: number): string {
  switch (state.phase) {
    case 'idle':
      return '';
    case 'sending':
      return 'Refreshing…';
    case 'waiting': {
      const sinceMs = nowMs - state.sentAtMs;
      return sinceMs < paced(SILENT_AFTER_MS)
        ? 'Refresh requested. Waiting for the controller…'
        : "Refresh requested, but the status hasn't changed since. Either nothing is new, or the controller isn't responding.";
    }
    case 'answered':
      return `Refreshed in ${Math.max(1, Math.round(state.tookMs / 1000))} s.`;
    case 'failed':
      return state.unknown
        ? `Outcome unknown: the refresh may have been requested. ${state.problem}`
        : `Couldn't refresh the status. ${state.problem}`;
  }
}
