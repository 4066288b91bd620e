'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlaneEditAnswer } from '@/lib/api/plane-writes';
import type { Problem } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';
import { planeDetailQuery } from '@/lib/client/api/plane-detail-query';
import { changesOfObject, type ObjectChanges } from '@/lib/plane/edit/object-changes';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type EditSession, withTheirs } from './edit-session';
import { editStore } from './edit-store';
import { editBaseOf } from './editable-object';
import { sendChange } from './send-change';

/** How an edit that is to be saved stands. */
export type Review =
  | { readonly phase: 'checking' }
  /** The API server says what would come of it. */
  | { readonly phase: 'checked' | 'saving'; readonly answer: PlaneEditAnswer }
  | { readonly phase: 'refused'; readonly problem: Problem }
  /** It could not be asked, or its answer was lost. @see wasSave */
  | { readonly phase: 'failed'; readonly reason: string; readonly wasSave: boolean };

export interface Reviewing {
  readonly review: Review;
  readonly again: () => void;
  readonly save: (despiteOwner: boolean) => void;
}

/** What an edit changes; empty where it holds something that cannot be written. */
export function changesOf({ base, object }: EditSession): ObjectChanges {
  const edited = changesOfObject(base.object, object);
  return 'changes' in edited ? edited.changes : {};
}

/**
 * Has the API server say what an edit comes to, and saves it. When somebody else changed the plane meanwhile, it is read
 * again, and what they did is taken up or asked about; saved is only what was seen.
 *
 * @param onSaved the edit has ended by then; the same function all the time
 */
export function useReview(
  uid: string,
  identity: PlaneIdentity,
  session: EditSession,
  onSaved: (answer: PlaneEditAnswer) => void,
): Reviewing {
  const [review, setReview] = useState<Review>({ phase: 'checking' });
  const [attempt, setAttempt] = useState(0);
  const client = useQueryClient();
  const { object, conflicts } = session;
  const { object: before } = session.base;
  const latest = useRef({ identity, session });
  latest.current = { identity, session };

  /** Whether there is news: asking again about the same would only be refused again. */
  const readAgain = useCallback(async (): Promise<boolean> => {
    const version = latest.current.session.base.resourceVersion;
    const query = { ...planeDetailQuery(latest.current.identity), staleTime: 0 };
    const detail = await client.fetchQuery(query).catch(() => null);
    if (detail === null) return false;
    editStore.change(uid, (current) => withTheirs(current, editBaseOf(detail)));
    return detail.plane.resourceVersion !== version;
  }, [client, uid]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the edit or what is stored changed, not with every heartbeat.
  useEffect(() => {
    if (conflicts) return;
    const controller = new AbortController();
    setReview({ phase: 'checking' });
    const { identity: of, session: edit } = latest.current;
    const request = { resourceVersion: edit.base.resourceVersion, changes: changesOf(edit), dryRun: true };
    sendChange(of, request, controller.signal).then(
      (answer) => setReview({ phase: 'checked', answer }),
      async (error: unknown) => {
        if (controller.signal.aborted) return;
        setReview(failed(error, false));
        if (isConflict(error) && (await readAgain())) setAttempt((count) => count + 1);
      },
    );
    return () => controller.abort();
  }, [uid, object, before, conflicts, attempt, readAgain]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const save = useCallback(
    (despiteOwner: boolean) => {
      const { identity: of, session: edit } = latest.current;
      setReview((shown) => (shown.phase === 'checked' ? { ...shown, phase: 'saving' } : shown));
      sendChange(of, {
        resourceVersion: edit.base.resourceVersion,
        changes: changesOf(edit),
        ...(despiteOwner ? { despiteOwner } : {}),
      }).then(
        (answer) => {
          editStore.set(uid, null);
          onSaved(answer);
          void client.invalidateQueries({ queryKey: planeDetailQuery(of).queryKey });
        },
        async (error: unknown) => {
          setReview(failed(error, true));
          const isNews = await readAgain();
          if (isConflict(error) && isNews) setAttempt((count) => count + 1);
        },
      );
    },
    [uid, client, readAgain, onSaved],
  );
  return { review, again, save };
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.problem?.code === 'conflict';
}

/** Failures of the way to the API server: nothing follows from them for the edit. */
const NO_ANSWER: ReadonlySet<Problem['code']> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'rate-limited',
  'internal',
]);

function failed(error: unknown, wasSave: boolean): Review {
  if (error instanceof ApiError && error.problem && !NO_ANSWER.has(error.problem.code))
    return { phase: 'refused', problem: error.problem };
  const reason = error instanceof Error ? error.message : 'The answer could not be read.';
  return { phase: 'failed', reason, wasSave };
}
