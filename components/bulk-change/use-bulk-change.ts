'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { inParallel, REQUESTS_AT_ONCE } from '@/lib/client/api/in-parallel';
import type { Plane } from '@/lib/plane/model/plane';
import { type BulkChange, type BulkEntry, entriesToSave, withOutcomes } from './bulk-change';

export type BulkStep = 'check' | 'save';

/** A change for many planes, from the form to the outcomes. */
export interface BulkProgress {
  readonly entries: readonly BulkEntry[];
  /** What runs now; null: nothing. */
  readonly running: BulkStep | null;
  readonly isStopping: boolean;
  /** The number of planes of the current run, and how many of them are finished. */
  readonly planned: number;
  readonly finished: number;
  /** The last run that ended; null: none yet. */
  readonly ended: BulkStep | null;
}

/** Returns the progress before the first dry run. */
function newProgress(planes: readonly Plane[]): BulkProgress {
  const entries = planes.map((plane): BulkEntry => ({ plane, state: 'unchecked' }));
  return { entries, running: null, isStopping: false, planned: 0, finished: 0, ended: null };
}

/**
 * Runs the dry runs of a change and then its writes, a few at a time. Each step can be stopped and resumed: it leaves out
 * what is done. The end of the component stops it too; requests that were sent finish.
 */
export function useBulkChange(planes: readonly Plane[]) {
  const [progress, setProgress] = useState(() => newProgress(planes));
  const change = useRef<BulkChange | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(
    async (step: BulkStep, items: readonly BulkEntry[], send: (entry: BulkEntry) => Promise<BulkEntry>) => {
      const controller = new AbortController();
      abort.current = controller;
      setProgress((now) => ({
        ...now,
        running: step,
        isStopping: false,
        planned: items.length,
        finished: 0,
      }));
      const results = new Map<string, BulkEntry>();
      const outcomes = await inParallel(
        items,
        REQUESTS_AT_ONCE,
        async (item) => {
          results.set(item.plane.uid, await send(item));
        },
        (finished) => setProgress((now) => ({ ...now, finished })),
        controller.signal,
      );
      setProgress((now) => ({
        ...now,
        entries: withOutcomes(now.entries, outcomes, results),
        running: null,
        isStopping: false,
        ended: step,
      }));
    },
    [],
  );
  const { entries } = progress;
  return {
    progress,
    /** Begins with the dry runs of a change. */
    begin: (wanted: BulkChange) => {
      change.current = wanted;
      return run('check', entries, wanted.check);
    },
    /** Sends the dry runs that are missing or failed. */
    checkAgain: () => {
      const open = entries.filter(({ state }) => state === 'unchecked' || state === 'rejected');
      return change.current && run('check', open, change.current.check);
    },
    save: (withManaged: boolean) =>
      change.current && run('save', entriesToSave(entries, withManaged), change.current.save),
    stop: () => {
      setProgress((now) => ({ ...now, isStopping: true }));
      abort.current?.abort();
    },
    /** Returns to the form. */
    reset: () => setProgress(newProgress(planes)),
  };
}
