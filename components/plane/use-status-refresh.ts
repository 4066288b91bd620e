'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
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

const IDLE: RefreshState = { phase: 'idle' };

/** A working controller answers within seconds; after this long the text says that it hasn't. */
const SILENT_AFTER_MS = 12_000;

/**
 * Has a plane's controller reconcile now, and reports when the status says something new. Waiting has no end of its own:
 * the text says how long it has lasted, and you can refresh again at any time.
 */
export function useStatusRefresh(plane: Plane): StatusRefresh {
  const [state, setState] = useState<RefreshState>(IDLE);
  const signature = statusSignature(plane);
  const latest = useRef<{ readonly signature: string; readonly atMs: number } | null>(null);

  const refresh = useCallback(() => {
    const started = { signature, atMs: performance.now() };
    latest.current = started;
    setState({ phase: 'sending' });
    void send(plane).then((next) => {
      // A later click has replaced this refresh, or the feed brought the new status first.
      if (latest.current === started) setState(next);
    });
  }, [plane, signature]);

  useEffect(() => {
    const before = latest.current;
    if (before === null || before.signature === signature) return;
    latest.current = null;
    setState({ phase: 'answered', tookMs: performance.now() - before.atMs });
  }, [signature]);

  const text = useTick(useCallback((nowMs: number) => refreshText(state, nowMs), [state]));
  return { refresh, busy: state.phase === 'sending', text };
}

async function send(plane: Plane): Promise<RefreshState> {
  try {
    return { phase: 'waiting', sentAtMs: await refreshPlane(planeKey(plane)) };
  } catch (error) {
    return { phase: 'failed', problem: error instanceof Error ? error.message : 'it is not known why.' };
  }
}

/**
 * What a status says, as a text to compare. A controller that finds something new changes it; one that finds nothing new
 * writes nothing, so an unchanged status doesn't prove that no controller is running.
 */
export function statusSignature({ agent, conditions, observedGeneration }: Plane): string {
  return JSON.stringify([agent ?? null, conditions, observedGeneration ?? null]);
}

/**
 * How far a refresh has come. The sentence doesn't tick, since screen readers read it out; empty before the first refresh.
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
