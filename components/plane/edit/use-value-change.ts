'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { PlaneEditRequest } from '@/lib/api/plane-writes';
import { ApiError } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/plane-detail-query';
import type { Plane } from '@/lib/plane/model/plane';
import { sendChange } from './send-change';

/** One thing of a plane that is changed on its page, without an editor. One object for all renders. */
export interface PlaneValue<Value> {
  /** What the plane has, as a text to compare. */
  readonly seen: (plane: Plane) => string;
  readonly changes: (value: Value) => PlaneEditRequest['changes'];
  /** What somebody else did to it, and what to do to have one's own way, as the rest of a sentence and a sentence. */
  readonly theirs: (plane: Plane) => string;
  readonly again: string;
}

export type ChangeState =
  | { readonly phase: 'idle' | 'saving' }
  | { readonly phase: 'failed'; readonly message: string }
  /** Another tool keeps the plane, and will revert it. */
  | { readonly phase: 'owned'; readonly message: string };

export interface ValueChange<Value> {
  readonly state: ChangeState;
  /** What was seen when the change began; saving only ever replaces this. */
  readonly begin: () => void;
  readonly save: (value: Value, despiteOwner?: boolean) => Promise<boolean>;
}

const IDLE: ChangeState = { phase: 'idle' };
/** Others may write the plane again and again; after this many times the person is asked. */
const ATTEMPTS = 3;

/**
 * Changes one thing of a plane. When the plane was changed meanwhile it is read again: if this thing is still as it was
 * seen, the change is made all the same; if not, what became of it is told first, and only saving again replaces it.
 */
export function useValueChange<Value>(plane: Plane, value: PlaneValue<Value>): ValueChange<Value> {
  const [state, setState] = useState<ChangeState>(IDLE);
  const client = useQueryClient();
  const seen = useRef(seenIn(plane, value));

  const begin = useCallback(() => {
    seen.current = seenIn(plane, value);
    setState(IDLE);
  }, [plane, value]);

  const save = useCallback(
    async (wanted: Value, despiteOwner = false): Promise<boolean> => {
      setState({ phase: 'saving' });
      const query = { ...planeDetailQuery(plane), staleTime: 0 };
      for (let attempt = 1; ; attempt += 1) {
        try {
          await sendChange(plane, {
            resourceVersion: seen.current.resourceVersion,
            changes: value.changes(wanted),
            ...(despiteOwner ? { despiteOwner } : {}),
          });
          setState(IDLE);
          return true;
        } catch (error) {
          const isConflict = error instanceof ApiError && error.problem?.code === 'conflict';
          const detail = isConflict ? await client.fetchQuery(query).catch(() => null) : null;
          const before = seen.current.text;
          if (detail) seen.current = seenIn(detail.plane, value);
          if (detail && seen.current.text === before && attempt < ATTEMPTS) continue;
          const isTheirs = detail !== null && seen.current.text !== before;
          setState(
            isTheirs
              ? {
                  phase: 'failed',
                  message: `Not saved: somebody else ${value.theirs(detail.plane)} meanwhile. ${value.again}`,
                }
              : failed(error),
          );
          return false;
        }
      }
    },
    [plane, value, client],
  );
  return { state, begin, save };
}

function seenIn<Value>(plane: Plane, { seen }: PlaneValue<Value>) {
  return { text: seen(plane), resourceVersion: plane.resourceVersion };
}

function failed(error: unknown): ChangeState {
  const message = error instanceof Error ? error.message : 'The answer could not be read.';
  const isOwned = error instanceof ApiError && error.problem?.code === 'owned-elsewhere';
  return isOwned ? { phase: 'owned', message } : { phase: 'failed', message };
}
