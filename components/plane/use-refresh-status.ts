'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { postJson } from '@/lib/client/api/api-request';
import { useTick } from '@/lib/client/feed/use-tick';
import type { Plane } from '@/lib/plane/model/plane';
import { planeApiPath } from '@/lib/plane/model/plane-path';
import { z } from '@/lib/zod';
import { type RefreshState, refreshText, statusSignature } from './refresh-status';

const answerSchema = z.object({ touchedAt: z.string() });
const IDLE: RefreshState = { phase: 'idle' };

export interface StatusRefresh {
  readonly ask: () => void;
  /** Whether an answer is waited for. */
  readonly busy: boolean;
  /** How it stands, in a sentence; empty while nothing was asked. */
  readonly words: string;
}

/**
 * Has a plane's controller look at once, by touching the plane, and tells when the status says something new. Waiting
 * does not end by itself: the sentence says how long it has lasted, and asking again is free.
 */
export function useStatusRefresh(plane: Plane): StatusRefresh {
  const [state, setState] = useState<RefreshState>(IDLE);
  const signature = statusSignature(plane);
  const asked = useRef<{ readonly signature: string; readonly atMs: number } | null>(null);

  const ask = useCallback(() => {
    const started = { signature, atMs: performance.now() };
    asked.current = started;
    setState({ phase: 'asking' });
    void touch(plane).then((next) => {
      // A later click has asked anew, or the answer came by the feed before this one did.
      if (asked.current === started) setState(next);
    });
  }, [plane, signature]);

  useEffect(() => {
    const before = asked.current;
    if (before === null || before.signature === signature) return;
    asked.current = null;
    setState({ phase: 'answered', tookMs: performance.now() - before.atMs });
  }, [signature]);

  const words = useTick(useCallback((nowMs: number) => refreshText(state, nowMs), [state]));
  return { ask, busy: state.phase === 'asking', words };
}

async function touch(plane: Plane): Promise<RefreshState> {
  try {
    const { touchedAt } = answerSchema.parse(await postJson(`${planeApiPath(plane)}/refresh`, {}));
    return { phase: 'waiting', askedAtMs: Date.parse(touchedAt) };
  } catch (error) {
    return { phase: 'failed', problem: error instanceof Error ? error.message : 'it is not known why.' };
  }
}
