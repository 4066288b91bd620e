'use client';

import { useEffect, useState } from 'react';
import { ApiError } from '@/lib/client/api/api-request';
import { refreshPlane } from '@/lib/client/api/refresh-plane';
import { refreshPauseMs } from '@/lib/plane/agent-setup/check-resource';

const MAX_TIMES = 10;

/** The state of the repeated refreshes. */
export interface PeriodicRefresh {
  /** When the API server accepted them, newest last, in milliseconds since the epoch on the API server's clock. */
  readonly refreshesMs: readonly number[];
  /** Why refreshing stopped; null while it continues. */
  readonly stopped: 'read-only' | 'forbidden' | null;
  /** Why the last refresh wasn't confirmed, in a sentence; null if it was. */
  readonly problem: string | null;
}

const NONE: PeriodicRefresh = { refreshesMs: [], stopped: null, problem: null };
const READ_ONLY: PeriodicRefresh = { ...NONE, stopped: 'read-only' };

/**
 * Refreshes a plane's status at once and then at intervals, so its controller reports within seconds instead of a
 * minute. Runs only while the page is visible, and stops when it isn't allowed.
 *
 * @param planeKey `dataplanes/acme/prod`
 * @param active whether the plane exists and the page waits for something
 * @param readOnly whether Planeboard is read-only, which rules out refreshes
 */
export function usePeriodicRefresh(planeKey: string, active: boolean, readOnly: boolean): PeriodicRefresh {
  const [refresh, setRefresh] = useState<PeriodicRefresh>(readOnly ? READ_ONLY : NONE);
  const running = active && refresh.stopped === null;
  useEffect(() => {
    if (!running) return;
    return startRefreshing(planeKey, setRefresh);
  }, [planeKey, running]);
  return refresh;
}

function startRefreshing(
  planeKey: string,
  update: (change: (before: PeriodicRefresh) => PeriodicRefresh) => void,
) {
  const stop = new AbortController();
  const startedAtMs = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;

  const refresh = async () => {
    clearTimeout(timer);
    if (busy || stop.signal.aborted || document.visibilityState === 'hidden') return;
    busy = true;
    try {
      const refreshedAtMs = await refreshPlane(planeKey, stop.signal);
      update(({ refreshesMs }) => ({
        refreshesMs: refreshesMs.includes(refreshedAtMs)
          ? refreshesMs
          : [...refreshesMs, refreshedAtMs].slice(-MAX_TIMES),
        stopped: null,
        problem: null,
      }));
    } catch (error) {
      if (stop.signal.aborted) return;
      const stopped = refusalOf(error);
      update((before) => ({ ...before, stopped, problem: error instanceof Error ? error.message : null }));
      if (stopped !== null) return;
    } finally {
      busy = false;
    }
    timer = setTimeout(() => void refresh(), refreshPauseMs(performance.now() - startedAtMs));
  };

  const onVisible = () => void refresh();
  document.addEventListener('visibilitychange', onVisible);
  void refresh();
  return () => {
    stop.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/** Returns the reason for a refusal that a retry won't change, otherwise null. */
function refusalOf(error: unknown): PeriodicRefresh['stopped'] {
  const code = error instanceof ApiError ? error.problem?.code : undefined;
  return code === 'read-only' || code === 'forbidden' ? code : null;
}
