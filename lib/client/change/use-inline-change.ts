'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import type { Plane } from '@/lib/plane/plane';
import { ApiError } from '../api-error';
import { planeDetailQuery } from '../queries';
import { sendChange } from './send-change';

/** The words of a plane that are changed where they stand. */
export type InlineField = 'displayName' | 'description';

export type InlineState =
  | { readonly phase: 'idle' | 'saving' }
  | { readonly phase: 'failed'; readonly message: string }
  /** Another tool keeps the plane, and will revert it. */
  | { readonly phase: 'owned'; readonly message: string };

export interface InlineChange {
  readonly state: InlineState;
  /** What was seen when the change began; saving only ever replaces this. */
  readonly begin: () => void;
  readonly save: (text: string, despiteOwner?: boolean) => Promise<boolean>;
}

const IDLE: InlineState = { phase: 'idle' };
/** Others may write the plane again and again; after this many times the person is asked. */
const ATTEMPTS = 3;

/**
 * Changes one text of a plane. When the plane was changed meanwhile it is read again: if this text is still the one that
 * was seen, the change is made all the same; if it is another one, it is shown first, and only saving again replaces it.
 */
export function useInlineChange(plane: Plane, field: InlineField): InlineChange {
  const [state, setState] = useState<InlineState>(IDLE);
  const client = useQueryClient();
  const seen = useRef({ text: plane[field] ?? '', resourceVersion: plane.resourceVersion });

  const begin = useCallback(() => {
    seen.current = { text: plane[field] ?? '', resourceVersion: plane.resourceVersion };
    setState(IDLE);
  }, [plane, field]);

  const save = useCallback(
    async (text: string, despiteOwner = false): Promise<boolean> => {
      setState({ phase: 'saving' });
      const query = { ...planeDetailQuery(plane), staleTime: 0 };
      for (let attempt = 1; ; attempt += 1) {
        try {
          await sendChange(plane, {
            resourceVersion: seen.current.resourceVersion,
            changes: { [field]: text.trim() === '' ? null : text.trim() },
            ...(despiteOwner ? { despiteOwner } : {}),
          });
          setState(IDLE);
          return true;
        } catch (error) {
          const isConflict = error instanceof ApiError && error.problem?.code === 'conflict';
          const detail = isConflict ? await client.fetchQuery(query).catch(() => null) : null;
          const before = seen.current.text;
          if (detail) seen.current = seenIn(detail, field);
          if (detail && seen.current.text === before && attempt < ATTEMPTS) continue;
          setState(failed(error, detail !== null && seen.current.text !== before ? seen.current.text : null));
          return false;
        }
      }
    },
    [plane, field, client],
  );
  return { state, begin, save };
}

function seenIn({ plane }: PlaneDetail, field: InlineField) {
  return { text: plane[field] ?? '', resourceVersion: plane.resourceVersion };
}

/** @param theirs what somebody else made of the text; null: nobody did */
function failed(error: unknown, theirs: string | null): InlineState {
  if (theirs !== null) {
    const made = theirs === '' ? 'took it away' : `made it “${theirs}”`;
    return {
      phase: 'failed',
      message: `Not saved: somebody else ${made} meanwhile. Save again to put yours in its place.`,
    };
  }
  const message = error instanceof Error ? error.message : 'The answer could not be read.';
  const isOwned = error instanceof ApiError && error.problem?.code === 'owned-elsewhere';
  return isOwned ? { phase: 'owned', message } : { phase: 'failed', message };
}
