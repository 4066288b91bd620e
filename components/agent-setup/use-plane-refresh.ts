'use client';

import { useEffect, useState } from 'react';
import { ApiError, postJson } from '@/lib/client/api/api-request';
import { refreshPauseMs } from '@/lib/plane/agent-setup/refresh-pause';
import { z } from '@/lib/zod';

const answerSchema = z.object({ touchedAt: z.string() });
/** More than these nobody asks about. */
const KEPT = 10;

/** How the touching goes. */
export interface PlaneRefresh {
  /** When, newest last, milliseconds since the epoch on the API server's clock. */
  readonly touchesMs: readonly number[];
  /** Why it was given up; null: it was not. */
  readonly stopped: 'read-only' | 'forbidden' | null;
  /** Why the last one failed, in a sentence; null: it did not. */
  readonly problem: string | null;
}

const NONE: PlaneRefresh = { touchesMs: [], stopped: null, problem: null };
const READ_ONLY: PlaneRefresh = { ...NONE, stopped: 'read-only' };

/**
 * Has the plane touched at once and then again and again, so that its controller asks the gateway within seconds and
 * nobody waits for its minute. Only while somebody sees the page; given up when it is not allowed.
 *
 * @param planeKey `dataplanes/acme/prod`
 * @param active whether there is a plane, and something to wait for
 * @param readOnly Planeboard writes nothing, so it is not even asked to
 */
export function usePlaneRefresh(planeKey: string, active: boolean, readOnly: boolean): PlaneRefresh {
  const [touch, setTouch] = useState<PlaneRefresh>(readOnly ? READ_ONLY : NONE);
  const running = active && touch.stopped === null;
  useEffect(() => {
    if (!running) return;
    return startTouching(planeKey, setTouch);
  }, [planeKey, running]);
  return touch;
}

function startTouching(planeKey: string, update: (change: (before: PlaneRefresh) => PlaneRefresh) => void) {
  const stop = new AbortController();
  const startedAtMs = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;

  const touch = async () => {
    clearTimeout(timer);
    if (busy || stop.signal.aborted || document.visibilityState === 'hidden') return;
    busy = true;
    try {
      const touchedAtMs = await touchPlane(planeKey, stop.signal);
      update(({ touchesMs }) => ({
        touchesMs: touchesMs.includes(touchedAtMs) ? touchesMs : [...touchesMs, touchedAtMs].slice(-KEPT),
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
    timer = setTimeout(() => void touch(), refreshPauseMs(performance.now() - startedAtMs));
  };

  const onVisible = () => void touch();
  document.addEventListener('visibilitychange', onVisible);
  void touch();
  return () => {
    stop.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

/** Touches the plane; in: its key, out: when, milliseconds since the epoch. Throws an ApiError. */
async function touchPlane(planeKey: string, signal: AbortSignal): Promise<number> {
  const answer = await postJson(`/api/planes/${planeKey}/refresh`, {}, signal);
  return Date.parse(answerSchema.parse(answer).touchedAt);
}

/** A refusal that stays: asking again would be refused again. */
function refusalOf(error: unknown): PlaneRefresh['stopped'] {
  const code = error instanceof ApiError ? error.problem?.code : undefined;
  return code === 'read-only' || code === 'forbidden' ? code : null;
}
